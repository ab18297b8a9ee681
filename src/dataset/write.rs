//! Writing a dataset: to a temporary name, synced, then renamed.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use zerocopy::IntoBytes;

use super::{
    Dataset, DatasetError,
    format::{ALIGNMENT, FORMAT_VERSION, Header, MAGIC, SectionEntry, checksum},
    layout::{self, Visitor},
};
use crate::array::{Array, Element};

/// Writes `dataset` to `path` and gives the size of the file in bytes.
///
/// Whatever happens, at every moment `path` is either what it was before or
/// the whole new dataset. The same dataset gives the same bytes.
///
/// # Errors
///
/// If the folder cannot be written to, or the disk is full.
pub fn write(dataset: &Dataset, path: &Path) -> Result<u64, DatasetError> {
    write_file(dataset, path).map_err(|source| DatasetError::Io {
        action: "write",
        path: path.to_owned(),
        source,
    })
}

/// Checks that a dataset could be written to `path`, short of the disk being
/// full: worth knowing before an import and not only after it.
///
/// # Errors
///
/// If the folder is not there or cannot be written to, or if `path` is a
/// folder itself, a device or a pipe, which a dataset must not take the place
/// of.
pub fn check_writable(path: &Path) -> Result<(), DatasetError> {
    let writable = match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        Ok(there) if !there.is_file() => {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file"))
        }
        _ => temporary_in(&folder_of(path)).map(drop),
    };
    writable.map_err(|source| DatasetError::Io { action: "write", path: path.to_owned(), source })
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut temporary = tempfile::Builder::new();
    temporary.prefix(".luwang-").suffix(".tmp");
    // A dataset is often served by another user than the one who imports it.
    #[cfg(unix)]
    temporary.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    temporary.tempfile_in(folder)
}

fn write_file(dataset: &Dataset, path: &Path) -> io::Result<u64> {
    let folder = folder_of(path);
    let mut sections = SectionWriter::new(temporary_in(&folder)?)?;
    layout::write(dataset, &mut sections)?;
    let (temporary, size) = sections.finish()?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    // The rename itself is durable once the folder is; some file systems
    // cannot sync a folder, and then there is nothing more to be done.
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(size)
}

struct SectionWriter {
    out: BufWriter<NamedTempFile>,
    position: u64,
    entries: Vec<SectionEntry>,
}

impl SectionWriter {
    /// Leaves room for the header, which is known only at the end.
    fn new(file: NamedTempFile) -> io::Result<Self> {
        let mut out = BufWriter::new(file);
        out.write_all(&[0; size_of::<Header>()])?;
        Ok(Self { out, position: size_of::<Header>() as u64, entries: Vec::new() })
    }

    fn align(&mut self) -> io::Result<()> {
        let padding = self.position.next_multiple_of(ALIGNMENT) - self.position;
        self.position += padding;
        io::copy(&mut io::Read::take(io::repeat(0), padding), &mut self.out).map(drop)
    }

    fn finish(mut self) -> io::Result<(NamedTempFile, u64)> {
        self.align()?;
        let table = self.entries.as_bytes();
        let file_size = self.position + table.len() as u64;
        let mut header = Header {
            magic: MAGIC,
            version: FORMAT_VERSION,
            section_count: u32::try_from(self.entries.len()).map_err(io::Error::other)?,
            table_offset: self.position,
            file_size,
            table_checksum: checksum(table),
            reserved: [0; 2],
            checksum: 0,
        };
        header.checksum = header.computed_checksum();
        self.out.write_all(table)?;
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(header.as_bytes())?;
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, file_size))
    }
}

impl Visitor for SectionWriter {
    type Error = io::Error;

    fn array<T: Element>(&mut self, name: &str, array: &mut Array<T>) -> io::Result<()> {
        self.align()?;
        let bytes = array.as_bytes();
        self.entries.push(SectionEntry {
            name: SectionEntry::stored_name(name),
            offset: self.position,
            size: bytes.len() as u64,
            element_size: size_of::<T>() as u64,
            checksum: checksum(bytes),
        });
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}
