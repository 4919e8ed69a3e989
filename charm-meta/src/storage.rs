//! Storages: disks that outlive a unit's software.

use crate::field::Field;
use crate::grammar::{is_application, is_number};

/// What a storage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum StorageKind {
    /// A mounted filesystem.
    Filesystem,
    /// A block device.
    Block,
}

/// How many instances of a storage a unit has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Count {
    /// At least.
    pub min: u32,
    /// At most; nothing if there is no bound.
    pub max: Option<u32>,
}

impl Count {
    const ONE: Self = Self { min: 1, max: Some(1) };
}

/// A storage.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Storage {
    /// What it is.
    pub kind: StorageKind,
    /// For people.
    pub description: Option<String>,
    /// Where a filesystem is mounted; Juju chooses if none is given.
    pub location: Option<String>,
    /// Whether all units share one. Juju has not implemented it.
    pub shared: bool,
    /// Whether it can only be read.
    pub read_only: bool,
    /// How many instances a unit has: one unless `multiple` says otherwise.
    pub multiple: Count,
    /// The least size in MiB.
    pub minimum_size: Option<u64>,
    /// Whether its content may be lost with the machine (`properties: [transient]`).
    pub transient: bool,
}

const KEYS: &[&str] =
    &["type", "description", "location", "shared", "read-only", "multiple", "minimum-size", "properties"];
const KINDS: &[(&str, StorageKind)] =
    &[("filesystem", StorageKind::Filesystem), ("block", StorageKind::Block)];

impl Storage {
    pub(crate) fn read(field: &Field<'_>) -> Option<Self> {
        let name = field.name();
        if !is_application(name) {
            field.complain_of_key(format!(
                "`{name}` is no storage's name, so no instance could be named after it; \
                 use words of a-z and 0-9 joined by hyphens, with a letter in each and first of all"
            ));
        }
        field.check_slips(KEYS);
        let kind = field
            .require("type", "a storage needs `type: filesystem` or `type: block`")
            .and_then(|kind| kind.choice(KINDS));
        let location = field.get("location");
        if let (Some(StorageKind::Block), Some(location)) = (kind, &location)
            && location.as_text() != Some("")
        {
            location.complain("only a filesystem has a location; drop it, or use `type: filesystem`");
        }
        let properties = field.get("properties").map(|list| list.items()).unwrap_or_default();
        let read = |key| field.get(key);
        let storage = Self {
            kind: kind.unwrap_or(StorageKind::Filesystem),
            description: read("description").and_then(|text| text.text()),
            location: location.and_then(|text| text.text()),
            shared: read("shared").and_then(|value| value.boolean()).unwrap_or_default(),
            read_only: read("read-only").and_then(|value| value.boolean()).unwrap_or_default(),
            multiple: read("multiple").and_then(|multiple| read_multiple(&multiple)).unwrap_or(Count::ONE),
            minimum_size: read("minimum-size").and_then(|size| read_size(&size)),
            transient: properties.iter().filter_map(|property| property.choice(&[("transient", ())])).count()
                > 0,
        };
        kind.map(|_| storage)
    }
}

fn read_multiple(field: &Field<'_>) -> Option<Count> {
    let range = field.require("range", "`multiple` says how many instances; add `range: 0+` or the like")?;
    let count = match range.as_text() {
        Some(text) => parse_range(text),
        None => match range.whole() {
            Some(number) => u32::try_from(number).ok().map(|number| Count { min: number, max: Some(number) }),
            None => return None,
        },
    };
    match count {
        None => range.complain("a range is a number, `2-4`, or `2+` for two or more"),
        Some(Count { max: Some(0), .. }) => {
            range.complain("this range allows none at all; allow at least one");
        }
        Some(Count { min, max: Some(max) }) if min > max => {
            range.complain(format!(
                "this range wants at least {min} and at most {max}; put the lower number first"
            ));
        }
        Some(_) => {}
    }
    count
}

/// `2`, `2-4`, and `2+` or `2-` for two or more.
fn parse_range(text: &str) -> Option<Count> {
    let (min, max) = text.split_at(text.find(['+', '-']).unwrap_or(text.len()));
    let number = |text: &str| is_number(text).then(|| text.parse().ok()).flatten();
    let min = number(min)?;
    match max {
        "" => Some(Count { min, max: Some(min) }),
        "+" | "-" => Some(Count { min, max: None }),
        _ => Some(Count { min, max: Some(number(max.strip_prefix('-')?)?) }),
    }
}

/// A size as Juju writes it: a number and one of M, G, T, P, E, Z, Y (with `B` or `iB` if one likes), MiB
/// without.
fn read_size(field: &Field<'_>) -> Option<u64> {
    let size = parse_size(&field.text()?);
    if size.is_none() {
        field.complain("a size is a number with one of M, G, T, P, E, Z or Y behind it, such as `10G`");
    }
    size
}

/// The size in MiB, rounded up.
fn parse_size(text: &str) -> Option<u64> {
    let (number, unit) =
        text.split_at(text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = unit.strip_suffix("iB").or_else(|| unit.strip_suffix('B')).unwrap_or(unit);
    let power = match unit {
        "" if text.ends_with('B') => return None,
        "" => 0,
        _ => ["M", "G", "T", "P", "E", "Z", "Y"].iter().position(|known| *known == unit)?,
    };
    let size = number.parse::<f64>().ok()? * 1024_f64.powi(i32::try_from(power).ok()?);
    // Saturates: nobody has more than that.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(size.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let count = |min, max| Some(Count { min, max });
        assert_eq!(parse_range("3"), count(3, Some(3)));
        assert_eq!(parse_range("0+"), count(0, None));
        assert_eq!(parse_range("2-"), count(2, None));
        assert_eq!(parse_range("2-4"), count(2, Some(4)));
        for bad in ["", "+", "-1", "a", "1-b", "1+2", "1--2", "99999999999"] {
            assert_eq!(parse_range(bad), None, "{bad}");
        }
    }

    #[test]
    fn sizes_are_mib() {
        for (text, mib) in [("1", 1), ("0.5", 1), ("1M", 1), ("1G", 1024), ("1.5GiB", 1536), ("1TB", 1 << 20)]
        {
            assert_eq!(parse_size(text), Some(mib), "{text}");
        }
        assert_eq!(parse_size("9Y"), Some(9 << 60));
        for bad in ["", "G", "1K", "1B", "1iB", "-1G", "1 G", "1.2.3G"] {
            assert_eq!(parse_size(bad), None, "{bad}");
        }
    }
}
