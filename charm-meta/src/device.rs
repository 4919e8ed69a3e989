//! Devices that a unit asks the cloud for, such as GPUs.

use crate::field::Field;

/// A device. Kubernetes only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Device {
    /// The kind of device, in the cloud's words: `nvidia.com/gpu`.
    pub kind: String,
    /// For people.
    pub description: Option<String>,
    /// How many a unit needs; one unless said.
    pub count_min: u32,
    /// How many it can use; one unless said.
    pub count_max: u32,
}

const KEYS: &[&str] = &["type", "description", "countmin", "countmax"];

impl Device {
    pub(crate) fn read(field: &Field<'_>) -> Option<Self> {
        field.check_slips(KEYS);
        let nameless = "a device needs a type, such as `nvidia.com/gpu`";
        let kind = field.require("type", nameless).and_then(|kind| kind.filled(nameless));
        let count_min = field.get("countmin").map_or(Some(1), |count| read_count(&count))?;
        let count_max = field.get("countmax").map_or(Some(1), |count| read_count(&count))?;
        if count_min > count_max {
            let at = field.get("countmax").unwrap_or_else(|| field.nearest("countmin"));
            at.complain(format!(
                "`countmax` ({count_max}) may not be less than `countmin` ({count_min}); each is 1 if not given"
            ));
        }
        Some(Self {
            kind: kind?,
            description: field.get("description").and_then(|text| text.text()),
            count_min,
            count_max,
        })
    }
}

fn read_count(field: &Field<'_>) -> Option<u32> {
    let count = u32::try_from(field.whole()?);
    if count.is_err() {
        field.complain("a count is a number from 0 to 4294967295");
    }
    count.ok()
}
