//! Finds secrets in a text of any size.

use std::io::{self, Read};

use zeroize::Zeroizing;

use crate::domain::{
    credential::secret::{Plaintext, SECRET_LENGTH},
    text_encoding::{TextEncoding, detect_encoding},
};

/// The number of bytes that are read at a time.
const CHUNK_SIZE: usize = 64 * 1024;

/// Finds the well-formed secrets in a text. It holds one chunk of the text at a time.
pub struct SecretScanner<'r> {
    input: Box<dyn Read + 'r>,
    chunk: Zeroizing<Vec<u8>>,
    /// The present part of the text, one byte for each character if it is in UTF-16.
    window: Zeroizing<Vec<u8>>,
    /// The position in the window.
    at: usize,
    /// The line of that position, from 1.
    line: u64,
    /// The encoding; `None` before the first read.
    encoding: Option<TextEncoding>,
    /// The first byte of a unit of UTF-16 whose second byte was not read yet.
    half: Option<u8>,
}

/// A secret in a text.
pub struct FoundSecret {
    /// The number of its line, from 1.
    pub line: u64,
    /// The secret.
    pub secret: Plaintext,
}

impl<'r> SecretScanner<'r> {
    /// Creates the scanner of a text.
    pub fn new(input: Box<dyn Read + 'r>) -> Self {
        Self {
            input,
            chunk: Zeroizing::new(Vec::with_capacity(CHUNK_SIZE)),
            window: Zeroizing::new(Vec::with_capacity(CHUNK_SIZE + SECRET_LENGTH)),
            at: 0,
            line: 1,
            encoding: None,
            half: None,
        }
    }

    /// Returns the next secret; `None` at the end of the text.
    ///
    /// # Errors
    /// If the text can't be read.
    pub fn next_secret(&mut self) -> io::Result<Option<FoundSecret>> {
        loop {
            while let Some(text) = self.window.get(self.at..self.at + SECRET_LENGTH) {
                if text[0] == b'g'
                    && let Ok(secret) = Plaintext::parse(text)
                {
                    self.at += SECRET_LENGTH;
                    return Ok(Some(FoundSecret { line: self.line, secret }));
                }
                self.line += u64::from(text[0] == b'\n');
                self.at += 1;
            }
            if !self.read_on()? {
                return Ok(None);
            }
        }
    }

    /// Reads the next chunk, whole unless the text ends, so that the first one shows the encoding. Returns whether there
    /// was one.
    fn read_on(&mut self) -> io::Result<bool> {
        self.chunk.clear();
        self.input.by_ref().take(CHUNK_SIZE as u64).read_to_end(&mut self.chunk)?;
        let chunk = self.chunk.as_slice();
        let encoding = *self.encoding.get_or_insert_with(|| detect_encoding(chunk).0);
        self.window.drain(..self.at);
        self.at = 0;
        let unit = match encoding {
            TextEncoding::Utf8 => {
                self.window.extend_from_slice(chunk);
                return Ok(!chunk.is_empty());
            }
            TextEncoding::Utf16Le => u16::from_le_bytes,
            TextEncoding::Utf16Be => u16::from_be_bytes,
        };
        for byte in chunk {
            match self.half.take() {
                None => self.half = Some(*byte),
                // No secret contains a character that does not fit.
                Some(first) => {
                    self.window.push(unit([first, *byte]).try_into().unwrap_or_default())
                }
            }
        }
        Ok(!chunk.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::*;
    use crate::domain::credential::secret::SecretKind;

    fn secret(seed: u64) -> String {
        let mut entropy = ChaCha20Rng::seed_from_u64(seed);
        let secret = Plaintext::generate(SecretKind::Token, &mut entropy);
        String::from_utf8(secret.expose().to_vec()).unwrap()
    }

    fn scan(text: impl AsRef<[u8]>) -> Vec<(u64, String)> {
        let mut scanner = SecretScanner::new(Box::new(text.as_ref()));
        std::iter::from_fn(|| scanner.next_secret().unwrap())
            .map(|found| (found.line, String::from_utf8(found.secret.expose().to_vec()).unwrap()))
            .collect()
    }

    #[test]
    fn every_secret_is_found_in_its_line() {
        let [a, b] = [secret(1), secret(2)];
        let text = format!("log\nx{a}{b}y\n\n{{\"key\":\"{b}\"}}\ngpt_{a}\n{}", &a[..52]);
        let expected = [(2, a.clone()), (2, b.clone()), (4, b.clone()), (5, a.clone())];
        assert_eq!(scan(&text), expected);
        for units in [u16::to_le_bytes, u16::to_be_bytes] {
            let marked: Vec<u8> =
                format!("\u{feff}ä𝄞{text}").encode_utf16().flat_map(units).collect();
            assert_eq!(scan(marked), expected);
        }
        assert_eq!(scan(""), []);
    }

    #[test]
    fn a_secret_across_chunks_is_found() {
        let secret = secret(3);
        for before in CHUNK_SIZE - SECRET_LENGTH - 2..CHUNK_SIZE + 2 {
            let text = format!("{}\n{secret}", "x".repeat(before));
            assert_eq!(scan(text), [(2, secret.clone())], "{before}");
        }
    }
}
