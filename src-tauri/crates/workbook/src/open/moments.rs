//! Dates and times as the readers give them: serial numbers with a date format, and ISO 8601 texts.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use crate::read::moment::Moment;
use crate::read::number_format::NumberFormat;
use crate::read::raw::Raw;

/// A serial number with a date format.
pub(super) fn moment(value: f64, is_duration: bool, is_1904: bool) -> Raw {
    // Excel's own range; beyond it the format is a mistake, and the cell is read as a plain number.
    if !(0.0..2_958_466.0).contains(&value) {
        return Raw::Number(value, NumberFormat::Plain);
    }
    let seconds = (value * 86_400.0).round();
    if is_duration || seconds < 86_400.0 {
        let seconds = seconds as u64;
        let time = ((seconds / 3600) as u32, (seconds / 60 % 60) as u8, (seconds % 60) as u8);
        return Raw::Moment(Moment { date: None, time: Some(time) });
    }
    let value = ExcelDateTime::new(seconds / 86_400.0, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, h, m, s, _) = value.to_ymd_hms_milli();
    Raw::Moment(Moment { date: Some((year, month, day)), time: Some((u32::from(h), m, s)) })
}

/// A date or time in ISO 8601; any other value is a text.
pub(super) fn iso(text: &str) -> Raw {
    Moment::from_iso(text).map_or_else(|| Raw::Text(text.to_owned()), Raw::Moment)
}

/// A time in the form of an ISO 8601 duration; text where it is none.
pub(super) fn duration(text: &str) -> Raw {
    Moment::from_duration(text).map_or_else(|| Raw::Text(text.to_owned()), Raw::Moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::raw::Seen;
    use standard::Kind;

    #[test]
    fn serial_numbers() {
        let table = [
            (46266.0, false, false, Kind::Date, "20260901"),
            (46266.0 - 1462.0, false, true, Kind::Date, "20260901"),
            (46266.5, false, false, Kind::DateTime, "20260901 120000"),
            // 08:59:59.9999 is nine o'clock to everybody.
            (46_266.374_999_999, false, false, Kind::DateTime, "20260901 090000"),
            (0.375, false, false, Kind::Time, "090000"),
            (1.5, true, false, Kind::Text, "36:00:00"),
            (-3.0, false, false, Kind::Date, "-3"),
            (1e9, false, false, Kind::Text, "1000000000"),
        ];
        for (value, is_duration, is_1904, kind, text) in table {
            assert_eq!(moment(value, is_duration, is_1904).seen(kind), Seen::Text(text.into()), "{value}");
        }
    }
}
