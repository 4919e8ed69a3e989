//! Base64 as Juju's agent reads and writes it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The standard encoding, with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| chunk.get(at).copied().map_or(0, u32::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = (bits >> (18 - 6 * at)) & 0x3f;
            out.push(if at <= chunk.len() { char::from(ALPHABET[digit as usize]) } else { '=' });
        }
    }
    out
}

/// The bytes, or the place of the first character that is wrong. As in Go line ends are skipped, and the padding must
/// be there.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut rest = text.bytes().enumerate().filter(|(_, byte)| !matches!(byte, b'\r' | b'\n')).peekable();
    while rest.peek().is_some() {
        let (mut bits, mut digits) = (0u32, 0usize);
        while digits < 4 {
            let Some((at, byte)) = rest.next() else { return Err(text.len()) };
            if byte == b'=' {
                if digits < 2 || (digits == 2 && rest.next().is_none_or(|(_, byte)| byte != b'=')) {
                    return Err(at);
                }
                if let Some((at, _)) = rest.next() {
                    return Err(at);
                }
                break;
            }
            let digit = ALPHABET.iter().position(|known| *known == byte).ok_or(at)?;
            bits = bits << 6 | u32::try_from(digit).unwrap_or(0);
            digits += 1;
        }
        let bytes = (bits << (6 * (4 - digits))).to_be_bytes();
        out.extend_from_slice(&bytes[1..digits]);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_reads_back() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (b"\0\xff\xfe", "AP/+"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Ok(bytes));
        }
        assert_eq!(decode("Zm9v\nYmFy\r\n").as_deref(), Ok(&b"foobar"[..]));
    }

    #[test]
    fn the_first_wrong_character_is_named() {
        for (text, at) in [("Zg", 2), ("Zg=", 2), ("Zm9v!", 4), ("Zg==Zg==", 4), ("=", 0), ("é", 0)] {
            assert_eq!(decode(text), Err(at), "{text}");
        }
    }
}
