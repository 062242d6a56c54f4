//! Settings: one for each thing that the printed protocol leaves open.
//!
//! Names and values are those of a connection file. The defaults are the printed samples where there is one, else what
//! a client in circulation does. Left out: encryption of identity-card numbers, whose method is nowhere printed; only
//! the 2023-06 editions have such columns.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest value of [`Options::calls_at_once`].
pub const MOST_AT_ONCE: u32 = 8;

/// All settings of a connection but address and account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ConnectionOptions"))]
pub struct Options {
    /// How authorise and refresh carry their parameters.
    pub authorise: Authorise,
    /// Base64 of DER, or `fetch` to ask the receiver for it at each login.
    pub rsa_public_key: String,
    /// Padding and hash of the RSA encryption.
    pub rsa_padding: RsaPadding,
    /// What is done with a login text that is longer than the key takes at once.
    pub rsa_long_text: RsaLongText,
    /// What the RSA encryption encrypts.
    pub rsa_plaintext: RsaPlaintext,
    /// Which value the header `app_key` gets.
    pub app_key_from: AppKeySource,
    /// Text before the access token in `Authorization`, with the blank between them, such as `Bearer `.
    pub authorization_prefix: String,
    /// Mode of SM4; padding is PKCS#7.
    pub sm4_mode: Sm4Mode,
    /// IV for CBC, hexadecimal.
    pub sm4_iv: String,
    /// How `app_secret` becomes the SM4 key.
    pub sm4_key: KeyRule,
    /// Form of cipher text.
    pub cipher_text: CipherText,
    /// Form of the body of a query.
    pub query_body: QueryBody,
    /// Type of `page` and `limit` in a query.
    pub page_numbers: Numbers,
    /// Number of letters and digits in `random`.
    pub random_length: u32,
    /// The largest number of rows of one submission.
    pub rows_per_call: u32,
    /// Milliseconds to wait between two requests.
    pub pause_ms: u32,
    /// The largest number of submissions that are on their way at once, each of another table.
    pub calls_at_once: u32,
    /// How an empty value is sent.
    pub empty_value: EmptyValue,
    /// How values of printed type N and M are sent.
    pub numbers: Numbers,
    /// The name of this account in results (`sysName`); empty: it is `username`.
    pub sys_name: String,
    /// Seconds after sending before the first question for results.
    pub first_query_after_s: u32,
    /// Further seconds before a submission that may or may not have arrived, and is not among the results, may be sent
    /// again.
    pub resend_margin_s: u32,
    /// Whether `timestamps` follows the receiver's clock, learned from its `Date` header.
    pub clock_from_server: bool,
    /// Whether the proxy of the operating system's environment is used; never towards loopback.
    pub proxy: Proxy,
    /// SHA-256 of the receiver's certificate in hexadecimal, for a receiver that made its certificate itself: only this
    /// certificate is trusted then. Empty: the certificates that the operating system trusts.
    pub tls_fingerprint: String,
    /// The longest time in seconds for making a connection.
    pub connect_timeout_s: u32,
    /// The longest time in seconds for a whole request, connection included.
    pub call_timeout_s: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            authorise: Authorise::Rsa,
            rsa_public_key: String::new(),
            rsa_padding: RsaPadding::OaepSha256,
            rsa_long_text: RsaLongText::Refuse,
            rsa_plaintext: RsaPlaintext::Json,
            app_key_from: AppKeySource::Reply,
            authorization_prefix: String::new(),
            sm4_mode: Sm4Mode::Ecb,
            sm4_iv: String::new(),
            sm4_key: KeyRule::default(),
            cipher_text: CipherText::Hex,
            query_body: QueryBody::Json,
            page_numbers: Numbers::String,
            random_length: 6,
            rows_per_call: 100,
            pause_ms: 1000,
            // No text prints how many requests the receiver takes at once. One that serves one connection after the
            // other leaves the second request without a reply, which then is unknown.
            calls_at_once: 1,
            empty_value: EmptyValue::Empty,
            numbers: Numbers::Number,
            sys_name: String::new(),
            first_query_after_s: 1800,
            resend_margin_s: 300,
            clock_from_server: true,
            proxy: Proxy::System,
            tls_fingerprint: String::new(),
            connect_timeout_s: 15,
            call_timeout_s: 120,
        }
    }
}

impl Options {
    /// The defaults for an edition: the 2023-06 texts print authorise as a plain form, the later one with RSA.
    pub fn for_edition(edition: &str) -> Self {
        let authorise = if edition.ends_with("-2023.06") { Authorise::Plain } else { Authorise::Rsa };
        Options { authorise, ..Options::default() }
    }

    /// The digits of `tls_fingerprint` in lower case, without the colons and blanks that programs put between them.
    pub fn fingerprint(&self) -> Option<String> {
        let digits = self.tls_fingerprint.chars().filter(|c| !matches!(c, ':' | ' ')).collect::<String>();
        (!digits.is_empty()).then(|| digits.to_ascii_lowercase())
    }
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// The values that a connection file may have for this setting.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The value that stands for this choice in a connection file.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err(UnknownWord { allowed: $name::WORDS }),
                }
            }
        }
    };
}

/// The error for a value that is not a choice of the setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {allowed:?}")]
pub struct UnknownWord {
    /// The values that are allowed.
    pub allowed: &'static [&'static str],
}

choice! {
    /// How authorise and refresh carry their parameters.
    Authorise {
        /// One form field `cipherText`, encrypted with RSA.
        Rsa = "rsa",
        /// The parameters are the form's fields.
        Plain = "plain",
    }
}
choice! {
    /// Padding and hash of the RSA encryption.
    RsaPadding {
        /// OAEP with SHA-256 for hash and mask.
        OaepSha256 = "oaep-sha256",
        /// OAEP with SHA-256 for the hash and SHA-1 for the mask: what Java makes of `OAEPWithSHA-256AndMGF1Padding`.
        OaepSha256Mgf1Sha1 = "oaep-sha256-mgf1-sha1",
        /// OAEP with SHA-1 for hash and mask.
        OaepSha1 = "oaep-sha1",
        /// PKCS#1 version 1.5.
        Pkcs1 = "pkcs1",
    }
}
choice! {
    /// What is done with a login text that is longer than the key takes at once, as with a key of 1,024 bits.
    RsaLongText {
        /// It is not sent; no text describes how to split it.
        Refuse = "refuse",
        /// It is cut into pieces of the most bytes that the key takes; the encrypted pieces follow each other.
        Split = "split",
    }
}
choice! {
    /// What the RSA encryption encrypts.
    RsaPlaintext {
        /// The parameters as a JSON object.
        Json = "json",
        /// The parameters as a form string.
        Form = "form",
    }
}
choice! {
    /// Which value the header `app_key` gets.
    AppKeySource {
        /// From the login's reply if it has one, else the value typed in.
        Reply = "reply",
        /// Always the value typed in.
        Typed = "typed",
        /// The `app_secret` of the login's reply.
        AppSecret = "app_secret",
    }
}
choice! {
    /// Mode of SM4.
    Sm4Mode {
        /// Each block is encrypted alone.
        Ecb = "ecb",
        /// Blocks are chained and begin with an IV.
        Cbc = "cbc",
    }
}
choice! {
    /// Form of cipher text.
    CipherText {
        /// Lower-case hexadecimal.
        Hex = "hex",
        /// Base64 with padding.
        Base64 = "base64",
    }
}
choice! {
    /// Form of the body of a query.
    QueryBody {
        /// JSON, as submit.
        Json = "json",
        /// A form with the field `cipherText`.
        Form = "form",
    }
}
choice! {
    /// How an empty value is sent.
    EmptyValue {
        /// As `""`.
        Empty = "empty",
        /// As `null`.
        Null = "null",
    }
}
choice! {
    /// How numbers are sent.
    Numbers {
        /// As JSON numbers.
        Number = "number",
        /// As strings.
        String = "string",
    }
}
choice! {
    /// Whether a proxy is used.
    Proxy {
        /// As the operating system's environment says.
        System = "system",
        /// Never.
        None = "none",
    }
}

/// How `app_secret` becomes the 16 bytes of the SM4 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub enum KeyRule {
    /// 16 characters beginning with this one, counted from 0.
    From(usize),
    /// All of it, which must be 16 bytes.
    All,
    /// All of it, which must be 32 hexadecimal digits: the 16 bytes that they stand for.
    Hex,
}

impl Default for KeyRule {
    /// The 16 characters from the fifth on.
    fn default() -> Self {
        KeyRule::From(4)
    }
}

impl fmt::Display for KeyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyRule::From(first) => write!(f, "{first}..{}", first + 16),
            KeyRule::All => f.write_str("all"),
            KeyRule::Hex => f.write_str("hex"),
        }
    }
}

impl FromStr for KeyRule {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        const ALLOWED: UnknownWord = UnknownWord { allowed: &["4..20", "all", "hex"] };
        if word == "all" {
            return Ok(KeyRule::All);
        }
        if word == "hex" {
            return Ok(KeyRule::Hex);
        }
        let (from, to) = word.split_once("..").ok_or(ALLOWED)?;
        let from: u16 = from.trim().parse().map_err(|_| ALLOWED)?;
        let to: u16 = to.trim().parse().map_err(|_| ALLOWED)?;
        if u32::from(to) == u32::from(from) + 16 { Ok(KeyRule::From(from.into())) } else { Err(ALLOWED) }
    }
}

impl Serialize for KeyRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_the_stated_ones() {
        let expect = serde_json::json!({
            "authorise": "rsa", "rsa_public_key": "", "rsa_padding": "oaep-sha256", "rsa_long_text": "refuse",
            "rsa_plaintext": "json",
            "app_key_from": "reply", "authorization_prefix": "", "sm4_mode": "ecb", "sm4_iv": "", "sm4_key": "4..20",
            "cipher_text": "hex", "query_body": "json", "page_numbers": "string", "random_length": 6,
            "rows_per_call": 100, "pause_ms": 1000, "calls_at_once": 1, "empty_value": "empty", "numbers": "number",
            "sys_name": "", "first_query_after_s": 1800, "resend_margin_s": 300, "clock_from_server": true, "proxy": "system",
            "tls_fingerprint": "",
            "connect_timeout_s": 15, "call_timeout_s": 120,
        });
        let options = Options::for_edition("gaozhi-2024.09");
        assert_eq!(serde_json::to_value(&options).unwrap(), expect);
        assert_eq!(serde_json::from_value::<Options>(expect).unwrap(), options);
        for edition in ["gaozhi-2023.06", "zhongzhi-2023.06"] {
            assert_eq!(Options::for_edition(edition).authorise, Authorise::Plain, "{edition}");
        }
    }

    #[test]
    fn key_rules() {
        let check = |word: &str, expect: Option<KeyRule>| assert_eq!(word.parse().ok(), expect, "{word}");
        check("4..20", Some(KeyRule::From(4)));
        check("0..16", Some(KeyRule::From(0)));
        check("all", Some(KeyRule::All));
        check("hex", Some(KeyRule::Hex));
        check("4..21", None);
        check("20..4", None);
        check("..", None);
        check("", None);
        check("-1..15", None);
        check("65535..65551", None);
    }

    #[test]
    fn words_round_trip() {
        for word in Authorise::WORDS {
            assert_eq!(word.parse::<Authorise>().unwrap().word(), *word);
        }
        assert_eq!("tls".parse::<Authorise>(), Err(UnknownWord { allowed: &["rsa", "plain"] }));
    }
}
