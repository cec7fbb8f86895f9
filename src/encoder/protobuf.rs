//! The fields of a message in the wire format of protocol buffers, as far as a model of pieces uses it.

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'m> {
    /// Text, bytes, or a message.
    Bytes(&'m [u8]),
    /// Four bytes, little-endian.
    Fixed(u32),
    /// Of a type that is not needed here.
    Other,
}

/// The fields of a message with their numbers, in order; `None` where it is damaged, and nothing after that.
pub(super) fn fields(mut message: &[u8]) -> impl Iterator<Item = Option<(u64, Value<'_>)>> {
    std::iter::from_fn(move || {
        if message.is_empty() {
            return None;
        }
        let field = field(&mut message);
        if field.is_none() {
            message = &[];
        }
        Some(field)
    })
}

fn field<'m>(message: &mut &'m [u8]) -> Option<(u64, Value<'m>)> {
    let tag = varint(message)?;
    let value = match tag & 7 {
        0 => {
            varint(message)?;
            Value::Other
        }
        1 => {
            *message = message.get(8..)?;
            Value::Other
        }
        2 => {
            let length = usize::try_from(varint(message)?).ok()?;
            let (bytes, rest) = message.split_at_checked(length)?;
            *message = rest;
            Value::Bytes(bytes)
        }
        5 => {
            let (bytes, rest) = message.split_first_chunk()?;
            *message = rest;
            Value::Fixed(u32::from_le_bytes(*bytes))
        }
        _ => return None,
    };
    Some((tag >> 3, value))
}

/// A number in groups of seven bits, the lowest first.
fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = message.split_first()?;
        *message = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn number(mut number: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number > 127 {
            bytes.push(u8::try_from(number & 127).unwrap() | 128);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).unwrap());
        bytes
    }

    pub(in crate::encoder) fn bytes(field: usize, content: &[u8]) -> Vec<u8> {
        [number(field << 3 | 2), number(content.len()), content.to_vec()].concat()
    }

    pub(in crate::encoder) fn fixed(field: usize, bits: u32) -> Vec<u8> {
        [number(field << 3 | 5), bits.to_le_bytes().to_vec()].concat()
    }

    #[test]
    fn fields_are_read_in_order() {
        let message = [bytes(1, b"ab"), vec![24, 200, 1], fixed(300, 7)].concat();
        let found: Vec<_> = fields(&message).collect();
        let expected = [(1, Value::Bytes(b"ab")), (3, Value::Other), (300, Value::Fixed(7))];
        assert_eq!(found, expected.map(Some));
    }

    #[test]
    fn a_cut_message_ends_with_nothing() {
        let mut message = bytes(1, b"abc");
        message.pop();
        assert_eq!(fields(&message).collect::<Vec<_>>(), [None]);
        assert_eq!(fields(&[0xff; 20]).collect::<Vec<_>>(), [None]);
    }
}
