//! Go's gob encoding: as much of it as structs of numbers and texts need.
//!
//! A stream is a sequence of messages, each its length and its bytes. A message either defines a type, under a number
//! that its sender chose, or holds a value of a type. Fields are found by their names: what a sender has beyond those that
//! are wanted is skipped, and what it leaves out stays as it was. Nothing that comes in is believed: lengths are held
//! against the bytes that are there, and numbers of things against limits.

use std::collections::BTreeMap;
use std::fmt;

/// The types that every stream knows.
pub(super) const BOOL: i64 = 1;
pub(super) const INT: i64 = 2;
pub(super) const UINT: i64 = 3;
const FLOAT: i64 = 4;
pub(super) const BYTES: i64 = 5;
pub(super) const STRING: i64 = 6;
const COMPLEX: i64 = 7;
/// Below it are the numbers that Go keeps to itself.
const FIRST_OWN: i64 = 64;

/// How deep types may hold each other.
const MAX_DEPTH: u32 = 32;
/// How many types a stream may define, and how long a definition may be.
const MAX_TYPES: usize = 64;
const MAX_DEFINITION: usize = 8 << 10;
/// How many texts a list of them may have.
const MAX_STRINGS: u64 = 1 << 16;

/// Why a stream can't be read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GobError(&'static str);

impl fmt::Display for GobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gob: {}", self.0)
    }
}

impl std::error::Error for GobError {}

type Result<T> = std::result::Result<T, GobError>;

const CUT: GobError = GobError("a message ends too early");

/// Cuts a stream into messages.
#[derive(Debug)]
pub(super) struct Messages {
    buffer: Vec<u8>,
    limit: usize,
}

impl Messages {
    /// A stream none of whose messages may have more than `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { buffer: Vec::new(), limit }
    }

    /// Takes bytes as they come.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next message, once it is complete.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut reader = Reader { bytes: &self.buffer };
        let length = match reader.uint() {
            Ok(length) => usize::try_from(length).unwrap_or(usize::MAX),
            Err(CUT) => return Ok(None),
            Err(error) => return Err(error),
        };
        if length > self.limit {
            return Err(GobError("a message is too long"));
        }
        let start = self.buffer.len() - reader.bytes.len();
        if reader.bytes.len() < length {
            return Ok(None);
        }
        let message = self.buffer.drain(..start + length).skip(start).collect();
        Ok(Some(message))
    }
}

/// A type that a sender has defined.
#[derive(Debug)]
enum Type {
    Array {
        element: i64,
    },
    Slice {
        element: i64,
    },
    Map {
        key: i64,
        element: i64,
    },
    Struct(Vec<(Vec<u8>, i64)>),
    /// One that writes itself, as bytes that only it understands.
    Opaque,
}

/// Reads messages, and remembers the types that they define.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    types: BTreeMap<i64, Type>,
}

/// A value, of which only the type is known yet.
#[derive(Debug)]
pub(super) struct Value<'m> {
    id: i64,
    bytes: &'m [u8],
}

/// Where a field of a value goes.
#[derive(Debug)]
pub(super) enum Field<'v> {
    Bool(&'v mut bool),
    Int(&'v mut i64),
    Uint(&'v mut u64),
    Bytes(&'v mut Vec<u8>),
    /// A text, which in Go is any bytes.
    String(&'v mut Vec<u8>),
    Strings(&'v mut Vec<Vec<u8>>),
}

impl Decoder {
    /// Takes a message: a definition is remembered, a value returned.
    pub(super) fn read<'m>(&mut self, message: &'m [u8]) -> Result<Option<Value<'m>>> {
        let mut reader = Reader { bytes: message };
        let id = reader.int()?;
        if id >= 0 {
            return Ok(Some(Value { id, bytes: reader.bytes }));
        }
        if message.len() > MAX_DEFINITION || self.types.len() >= MAX_TYPES {
            return Err(GobError("too many types"));
        }
        // The smallest number has no counterpart.
        let id = id.checked_neg().ok_or(GobError("a type has no number"))?;
        if id < FIRST_OWN || self.types.contains_key(&id) {
            return Err(GobError("a type is defined twice"));
        }
        let defined = reader.definition()?;
        reader.end()?;
        self.types.insert(id, defined);
        Ok(None)
    }

    /// Reads a value that is a struct into the fields that are wanted of it.
    pub(super) fn fields(&self, value: &Value<'_>, wanted: &mut [(&str, Field<'_>)]) -> Result<()> {
        let Some(Type::Struct(fields)) = self.types.get(&value.id) else {
            return Err(GobError("a value is no struct"));
        };
        let mut reader = Reader { bytes: value.bytes };
        reader.fields(|reader, number| {
            let (name, id) = fields.get(number).ok_or(GobError("a value has more fields than its type"))?;
            match wanted.iter_mut().find(|(wanted, _)| wanted.as_bytes() == name.as_slice()) {
                Some((_, field)) => self.field(reader, *id, field),
                None => self.skip(reader, *id, MAX_DEPTH),
            }
        })?;
        reader.end()
    }

    fn field(&self, reader: &mut Reader<'_>, id: i64, field: &mut Field<'_>) -> Result<()> {
        match (id, field) {
            (BOOL, Field::Bool(into)) => **into = reader.uint()? != 0,
            (INT, Field::Int(into)) => **into = reader.int()?,
            (UINT, Field::Uint(into)) => **into = reader.uint()?,
            (BYTES, Field::Bytes(into)) | (STRING, Field::String(into)) => **into = reader.bytes()?.to_vec(),
            (id, Field::Strings(into)) => {
                let Some(Type::Slice { element: STRING }) = self.types.get(&id) else {
                    return Err(GobError("a field has another type than wanted"));
                };
                let count = reader.uint()?;
                if count > MAX_STRINGS {
                    return Err(GobError("a list is too long"));
                }
                **into = (0..count).map(|_| reader.bytes().map(<[u8]>::to_vec)).collect::<Result<_>>()?;
            }
            _ => return Err(GobError("a field has another type than wanted")),
        }
        Ok(())
    }

    /// Passes over a value. Each has at least one byte, so that the message limits how many there can be.
    fn skip(&self, reader: &mut Reader<'_>, id: i64, depth: u32) -> Result<()> {
        let depth = depth.checked_sub(1).ok_or(GobError("types hold each other too deeply"))?;
        match id {
            BOOL | INT | UINT | FLOAT => return reader.uint().map(drop),
            COMPLEX => return reader.uint().and_then(|_| reader.uint()).map(drop),
            BYTES | STRING => return reader.bytes().map(drop),
            _ => {}
        }
        match self.types.get(&id).ok_or(GobError("a type is not defined"))? {
            Type::Opaque => reader.bytes().map(drop),
            Type::Array { element } | Type::Slice { element } => {
                (0..reader.uint()?).try_for_each(|_| self.skip(reader, *element, depth))
            }
            Type::Map { key, element } => (0..reader.uint()?).try_for_each(|_| {
                self.skip(reader, *key, depth)?;
                self.skip(reader, *element, depth)
            }),
            Type::Struct(fields) => reader.fields(|reader, number| {
                let field = fields.get(number).ok_or(GobError("a value has more fields than its type"))?;
                self.skip(reader, field.1, depth)
            }),
        }
    }
}

/// The rest of a message.
struct Reader<'m> {
    bytes: &'m [u8],
}

impl<'m> Reader<'m> {
    fn take(&mut self, count: usize) -> Result<&'m [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(CUT)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn end(&self) -> Result<()> {
        if self.bytes.is_empty() { Ok(()) } else { Err(GobError("a message goes on after its value")) }
    }

    /// A number below 128 is itself; otherwise a byte says, negated, how many follow, the greatest first.
    fn uint(&mut self) -> Result<u64> {
        let first = self.take(1)?.first().copied().ok_or(CUT)?;
        if first < 128 {
            return Ok(first.into());
        }
        let count = usize::from(first.wrapping_neg());
        if count > 8 {
            return Err(GobError("a number has more than eight bytes"));
        }
        Ok(self.take(count)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The lowest bit says that the others are negated.
    fn int(&mut self) -> Result<i64> {
        let number = self.uint()?;
        let half = (number >> 1).cast_signed();
        Ok(if number & 1 == 0 { half } else { !half })
    }

    fn bytes(&mut self) -> Result<&'m [u8]> {
        let length = usize::try_from(self.uint()?).map_err(|_| CUT)?;
        self.take(length)
    }

    /// The fields of a struct, counted from 0. Each tells how far it is from the one before; 0 ends them.
    fn fields(&mut self, mut each: impl FnMut(&mut Self, usize) -> Result<()>) -> Result<()> {
        let mut next = 0usize;
        loop {
            let delta = usize::try_from(self.uint()?).map_err(|_| GobError("a field has no number"))?;
            if delta == 0 {
                return Ok(());
            }
            next = next.checked_add(delta).ok_or(GobError("a field has no number"))?;
            each(self, next - 1)?;
        }
    }

    /// A type, told as a struct that has one field for each kind of types and sets one of them.
    fn definition(&mut self) -> Result<Type> {
        let mut defined = None;
        self.fields(|reader, kind| {
            let mut numbers = [0; 2];
            let mut fields = Vec::new();
            reader.fields(|reader, number| match (kind, number) {
                // Its name and number, which say nothing that isn't known.
                (_, 0) => reader.fields(|reader, number| match number {
                    0 => reader.bytes().map(drop),
                    _ => reader.int().map(drop),
                }),
                (2, 1) => {
                    for _ in 0..reader.uint()? {
                        fields.push(reader.definition_of_field()?);
                    }
                    Ok(())
                }
                (_, number) => {
                    let value = reader.int()?;
                    numbers.get_mut(number - 1).map(|slot| *slot = value).ok_or(GobError("a type is no type"))
                }
            })?;
            let [first, second] = numbers;
            defined = Some(match kind {
                0 => Type::Array { element: first },
                1 => Type::Slice { element: first },
                2 => Type::Struct(fields),
                3 => Type::Map { key: first, element: second },
                4..=6 => Type::Opaque,
                _ => return Err(GobError("a type is of an unknown kind")),
            });
            Ok(())
        })?;
        defined.ok_or(GobError("a type is empty"))
    }

    fn definition_of_field(&mut self) -> Result<(Vec<u8>, i64)> {
        let (mut name, mut id) = (Vec::new(), 0);
        self.fields(|reader, number| {
            match number {
                0 => name = reader.bytes()?.to_vec(),
                _ => id = reader.int()?,
            }
            Ok(())
        })?;
        Ok((name, id))
    }
}

fn put_uint(out: &mut Vec<u8>, number: u64) {
    if let Ok(small @ 0..128) = u8::try_from(number) {
        return out.push(small);
    }
    let bytes = number.to_be_bytes();
    let zeros = number.leading_zeros() as usize / 8;
    // At most 8.
    out.push(u8::try_from(bytes.len() - zeros).unwrap_or(8).wrapping_neg());
    out.extend(bytes.iter().skip(zeros));
}

fn put_int(out: &mut Vec<u8>, number: i64) {
    let doubled = (number.cast_unsigned()) << 1;
    put_uint(out, if number < 0 { !doubled } else { doubled });
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn put_message(out: &mut Vec<u8>, message: &[u8]) {
    put_bytes(out, message);
}

/// Defines a struct under a number of the sender's choice.
pub(super) fn define_struct(out: &mut Vec<u8>, id: i64, name: &str, fields: &[(&str, i64)]) {
    let mut message = definition(id, 3, name);
    if !fields.is_empty() {
        message.push(1);
        put_uint(&mut message, fields.len() as u64);
        for (name, id) in fields {
            message.push(1);
            put_bytes(&mut message, name.as_bytes());
            message.push(1);
            put_int(&mut message, *id);
            message.push(0);
        }
    }
    message.extend([0, 0]);
    put_message(out, &message);
}

/// Defines a list.
pub(super) fn define_slice(out: &mut Vec<u8>, id: i64, name: &str, element: i64) {
    let mut message = definition(id, 2, name);
    message.push(1);
    put_int(&mut message, element);
    message.extend([0, 0]);
    put_message(out, &message);
}

/// What all definitions begin with.
fn definition(id: i64, kind: u8, name: &str) -> Vec<u8> {
    let mut message = Vec::new();
    put_int(&mut message, -id);
    message.extend([kind, 1]);
    if name.is_empty() {
        message.push(2);
    } else {
        message.push(1);
        put_bytes(&mut message, name.as_bytes());
        message.push(1);
    }
    put_int(&mut message, id);
    message.push(0);
    message
}

/// Writes a value of a struct, its fields in order. Those that are zero or empty are left out, as Go does.
#[derive(Debug)]
pub(super) struct StructValue {
    message: Vec<u8>,
    /// How many fields lie between the last one written and the next.
    skipped: u64,
}

impl StructValue {
    pub(super) fn new(id: i64) -> Self {
        let mut message = Vec::new();
        put_int(&mut message, id);
        Self { message, skipped: 0 }
    }

    fn field(mut self, is_zero: bool, write: impl FnOnce(&mut Vec<u8>)) -> Self {
        self.skipped += 1;
        if !is_zero {
            put_uint(&mut self.message, self.skipped);
            write(&mut self.message);
            self.skipped = 0;
        }
        self
    }

    pub(super) fn bool(self, value: bool) -> Self {
        self.field(!value, |out| out.push(1))
    }

    pub(super) fn int(self, value: i64) -> Self {
        self.field(value == 0, |out| put_int(out, value))
    }

    pub(super) fn uint(self, value: u64) -> Self {
        self.field(value == 0, |out| put_uint(out, value))
    }

    /// A text or a field of bytes: they are written alike.
    pub(super) fn bytes(self, value: &[u8]) -> Self {
        self.field(value.is_empty(), |out| put_bytes(out, value))
    }

    pub(super) fn strings(self, values: &[Vec<u8>]) -> Self {
        self.field(values.is_empty(), |out| {
            put_uint(out, values.len() as u64);
            for value in values {
                put_bytes(out, value);
            }
        })
    }

    pub(super) fn write(mut self, out: &mut Vec<u8>) {
        self.message.push(0);
        put_message(out, &self.message);
    }
}
