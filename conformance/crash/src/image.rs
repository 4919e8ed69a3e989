//! A file system on a loop device, and what of it would survive a power cut.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::tool;

/// Megabytes of the file system.
const SIZE: u32 = 64;

/// An ext4 file system in an image file, mounted with default options; unmounted when dropped.
pub struct Mounted {
    image: PathBuf,
    at: PathBuf,
}

/// Fails, with what is missing, where file systems can't be made and mounted.
pub fn require() -> Result<()> {
    tool::require(&[("mkfs.ext4", "-V", "e2fsprogs"), ("mount", "--version", "mount")])?;
    let id = std::process::Command::new("id").arg("-u").output()?;
    ensure!(id.stdout == b"0\n", "mounting a file system needs root: run this as root");
    let temp = tempfile::tempdir()?;
    drop(Mounted::make(temp.path())?);
    Ok(())
}

impl Mounted {
    /// A new file system under `directory`.
    pub fn make(directory: &Path) -> Result<Self> {
        let image = directory.join("image");
        std::fs::File::create(&image)?.set_len(u64::from(SIZE) * 1024 * 1024)?;
        tool::run("mkfs.ext4", ["-q".as_ref(), "-F".as_ref(), image.as_os_str()])?;
        Self::mount(image, directory.join("mounted"))
    }

    fn mount(image: PathBuf, at: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&at)?;
        tool::run("mount", ["-o".as_ref(), "loop".as_ref(), image.as_os_str(), at.as_os_str()])?;
        Ok(Self { image, at })
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// What a power cut at this moment leaves, mounted under `directory`. The image holds what the file system has
    /// written to its device; what it still has in its own page cache isn't there, and is lost. Mounting replays the
    /// journal, as after a cut.
    pub fn cut(&self, directory: &Path) -> Result<Self> {
        let copy = directory.join("image-cut");
        tool::run("cp", ["--sparse=always".as_ref(), self.image.as_os_str(), copy.as_os_str()])?;
        Self::mount(copy, directory.join("mounted-cut"))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily, for a killed dispatch may still be on its way out. A mount that stays is seen in the next one failing.
        let _ = tool::run("umount", ["-l".as_ref(), self.at.as_os_str()]);
    }
}
