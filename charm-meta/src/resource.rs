//! Resources: files and images that come beside the charm.

use crate::field::Field;

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ResourceKind {
    /// A file.
    #[default]
    File,
    /// A container's image.
    OciImage,
}

/// A resource.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Resource {
    /// What it is.
    pub kind: ResourceKind,
    /// Under which name the unit gets the file; only for files.
    pub filename: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// The image to take by default; for tools, not for Juju.
    pub upstream_source: Option<String>,
}

const KEYS: &[&str] = &["type", "filename", "description", "upstream-source"];

impl Resource {
    pub(crate) fn read(field: &Field<'_>) -> Option<Self> {
        if field.name().is_empty() {
            field.complain_of_key("a resource needs a name");
        }
        field.check_slips(KEYS);
        let kind = match field.get("type") {
            Some(kind) => {
                kind.choice(&[("file", ResourceKind::File), ("oci-image", ResourceKind::OciImage)])?
            }
            None => ResourceKind::File,
        };
        let filename = field.get("filename");
        if kind == ResourceKind::File && field.is_map() {
            match &filename {
                None => field.complain_of_missing(
                    "filename",
                    "a file needs a name in the unit; add `filename: …`, or `type: oci-image` if it is an image",
                ),
                Some(filename) => match filename.as_text() {
                    Some("") => filename.complain("a file needs a name in the unit; it may not be empty"),
                    Some(name) if name.contains('/') => {
                        filename.complain("a file's name may hold no `/`: Juju chooses the directory");
                    }
                    _ => {}
                },
            }
        }
        Some(Self {
            kind,
            filename: filename.and_then(|text| text.text()),
            description: field.get("description").and_then(|text| text.text()),
            upstream_source: field.get_some("upstream-source").and_then(|text| text.text()),
        })
    }
}
