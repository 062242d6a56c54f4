//! Randomness that was passed in, as the random number generator that the ciphers need.

use rand::{CryptoRng, Error, RngCore};

/// A random number generator made of a function that fills a buffer. The program passes the generator of the operating
/// system; tests pass fixed bytes.
pub struct Random<'a>(pub &'a (dyn Fn(&mut [u8]) + Send + Sync));

impl RngCore for Random<'_> {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        (self.0)(bytes);
        Ok(())
    }
}

impl CryptoRng for Random<'_> {}
