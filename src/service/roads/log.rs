//! The log of road updates: a file beside the dataset.
//!
//! After eight bytes that say what it is, a record follows the other: its
//! length and a checksum of that (4 bytes each), its checksum (8 bytes), and a
//! `Record` as protobuf has it, all little-endian. A record is on disk before anybody is told of it, so a
//! last one that is cut short was never acknowledged, and is cut off; damage
//! before the last is an error. When most records tell of what is gone, the
//! file is written anew with one that stands for all, and takes the place of
//! the old one in one step.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use prost::Message as _;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::{Book, Record};

/// What it is, and in which version.
const MAGIC: [u8; 8] = *b"luwaroa1";

/// Length and checksums.
const HEAD_BYTES: usize = 16;

/// Records that may tell of what is gone before the file is written anew.
const MAX_DEAD_RECORDS: usize = 1_000;

/// Why the log cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RoadLogError {
    /// The file cannot be read or written.
    #[error("cannot {action} the log of road updates {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// Another process has it.
    #[error("the log of road updates {} is in use by another server", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// It is no longer where it was: what is written to it would not be found again.
    #[error("the log of road updates {} was moved, replaced or deleted", path.display())]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// It is no such log, or one of another version.
    #[error("{} is no log of road updates of this version", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is damaged before its last record.
    #[error("the log of road updates {} is damaged at byte {at}: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        at: usize,
        /// What is wrong there.
        what: &'static str,
    },
}

/// How many updates the log at `path` tells of that are in force or to come: none if there is
/// no such file. Leaves nothing behind, and does not ask whether a server has it.
///
/// # Errors
///
/// If it cannot be read, is no such log or is damaged, or if its folder is not there or takes
/// no files.
pub fn check_road_log(path: &Path) -> Result<usize, RoadLogError> {
    let failed = failed(path);
    // The lock lies beside it, and at times a new one in its place.
    tempfile::tempfile_in(folder(path)).map_err(|error| failed("write beside", error))?;
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failed("read", error)),
    };
    OpenOptions::new().append(true).open(path).map_err(|error| failed("write", error))?;
    let mut book = Book::default();
    read(path, &bytes, &mut |record| book.apply(record))?;
    Ok(book.kept().len())
}

/// The log, open for more.
#[derive(Debug)]
pub(in crate::service) struct RoadLog {
    path: PathBuf,
    file: File,
    /// Bytes that are known to be whole.
    length: u64,
    /// Bytes of the file: more than that where the rest of a record that could not be written
    /// could not be cut off either.
    size: u64,
    records: usize,
    /// Held for as long as the log is.
    _lock: File,
}

impl RoadLog {
    /// Opens the log at `path`, or makes an empty one, and gives what it tells.
    pub(in crate::service) fn open(path: &Path) -> Result<(Self, Book), RoadLogError> {
        let failed = failed(path);
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let open = |path: &Path| options.open(path).map_err(|error| failed("open", error));
        open(path)?;
        // It is one log by all of its names.
        let path = &fs::canonicalize(path).map_err(|error| failed("open", error))?;
        let lock = lock(path)?;
        let mut file = open(path)?;
        hold(&file, path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| failed("read", error))?;
        let mut book = Book::default();
        let mut records = 0;
        let whole = read(path, &bytes, &mut |record| {
            book.apply(record);
            records += 1;
        })?;
        let (length, size) = (whole as u64, bytes.len() as u64);
        let mut log = Self { path: path.to_owned(), file, length, size, records, _lock: lock };
        if whole < bytes.len() {
            tracing::warn!(path = %path.display(), bytes = bytes.len() - whole, "cut off a road update that was never acknowledged");
            log.cut().map_err(|error| failed("mend", error))?;
        }
        if whole == 0 {
            log.begin().map_err(|error| failed("write", error))?;
        }
        Ok((log, book))
    }

    /// Writes the magic bytes of a new file.
    fn begin(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&MAGIC)?;
        self.file.sync_all()?;
        (self.length, self.size) = (MAGIC.len() as u64, MAGIC.len() as u64);
        sync_folder(&self.path);
        Ok(())
    }

    /// Puts `record` on disk. If that fails, the log is as it was before.
    pub(in crate::service) fn append(&mut self, record: &Record) -> Result<(), RoadLogError> {
        if !self.is_at_its_place() {
            return Err(RoadLogError::Gone { path: self.path.clone() });
        }
        let bytes = framed(record);
        let written = self
            .file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| self.file.write_all(&bytes))
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // What is left of it is cut off now, or, should that fail too, overwritten by the
            // next one.
            if self.cut().is_err() {
                self.size = self.file.metadata().map_or(self.length, |there| there.len());
            }
            return Err(failed(&self.path)("write", error));
        }
        self.length += bytes.len() as u64;
        self.size = self.size.max(self.length);
        self.records += 1;
        Ok(())
    }

    /// Cuts off what is not whole.
    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.size = self.length;
        Ok(())
    }

    /// Whether the file that is written is still the one that is read after a restart.
    fn is_at_its_place(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
            let (Ok(there), Ok(own)) = (fs::metadata(&self.path), self.file.metadata()) else {
                return false;
            };
            // Nor may it have been cut in place, or another one written over it.
            identity(&there) == identity(&own) && own.len() == self.size
        }
        #[cfg(not(unix))]
        self.path.exists()
    }

    /// Writes the file anew if most of it tells of what is gone; `book` is what all of it
    /// tells.
    pub(in crate::service) fn tidy(&mut self, book: &Book) -> Result<(), RoadLogError> {
        if self.records <= MAX_DEAD_RECORDS + 2 * book.kept().len() {
            return Ok(());
        }
        let failed = failed(&self.path);
        let mut temporary = self.path.clone().into_os_string();
        temporary.push(".new");
        let temporary = PathBuf::from(temporary);
        let write = || {
            let mut file = OpenOptions::new();
            let mut file =
                file.read(true).write(true).create(true).truncate(true).open(&temporary)?;
            file.try_lock()?;
            let bytes = framed(&book.whole());
            file.write_all(&MAGIC)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&temporary, &self.path)?;
            sync_folder(&self.path);
            Ok((file, (MAGIC.len() + bytes.len()) as u64))
        };
        let (file, length) = write().map_err(|error| failed("write", error))?;
        (self.file, self.length, self.size, self.records) = (file, length, length, 1);
        Ok(())
    }
}

fn failed(path: &Path) -> impl Fn(&'static str, io::Error) -> RoadLogError + use<> {
    let path = path.to_owned();
    move |action, source| RoadLogError::Io { action, path: path.clone(), source }
}

/// Two servers that write one log would each lose what the other has. The lock is beside it,
/// as the file itself may be another one tomorrow.
fn lock(path: &Path) -> Result<File, RoadLogError> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(".lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&beside);
    let file = file.map_err(|error| failed(path)("lock", error))?;
    hold(&file, path)?;
    Ok(file)
}

/// Locks `file`, of the log at `path`: the log itself too, which may have a second name that
/// is not looked through.
fn hold(file: &File, path: &Path) -> Result<(), RoadLogError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(RoadLogError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(failed(path)("lock", error)),
    }
}

/// A new name is on disk once its folder is; some file systems cannot say so.
fn sync_folder(path: &Path) {
    let synced = File::open(folder(path)).and_then(|folder| folder.sync_all());
    if let Err(error) = synced {
        let path = path.display();
        tracing::warn!(%error, %path, "whether the name of the log is on disk is not known");
    }
}

/// The folder in which a file lies.
fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn framed(record: &Record) -> Vec<u8> {
    let payload = record.encode_to_vec();
    let length = u32::try_from(payload.len()).expect("updates are limited in number and size");
    let mut bytes = Vec::with_capacity(HEAD_BYTES + payload.len());
    bytes.extend(length.to_le_bytes());
    bytes.extend(length_checksum(length.to_le_bytes()).to_le_bytes());
    bytes.extend(xxh3_64(&payload).to_le_bytes());
    bytes.extend(payload);
    bytes
}

fn length_checksum(length: [u8; 4]) -> u32 {
    let [.., a, b, c, d] = xxh3_64(&length).to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// Tells of every record, and gives how many bytes are whole.
fn read(path: &Path, bytes: &[u8], tell: &mut dyn FnMut(Record)) -> Result<usize, RoadLogError> {
    if bytes.len() < MAGIC.len() && MAGIC.starts_with(bytes) {
        return Ok(0);
    }
    if !bytes.starts_with(&MAGIC) {
        return Err(RoadLogError::Foreign { path: path.to_owned() });
    }
    let mut at = MAGIC.len();
    loop {
        let rest = &bytes[at..];
        let damaged = |what| RoadLogError::Damaged { path: path.to_owned(), at, what };
        let Some((head, rest)) = rest.split_at_checked(HEAD_BYTES) else { return Ok(at) };
        let four = |at: usize| head[at..at + 4].try_into().expect("four bytes");
        let checksum = u64::from_le_bytes(head[8..].try_into().expect("eight bytes"));
        if u32::from_le_bytes(four(4)) != length_checksum(four(0)) {
            // The file may have grown on disk, and nothing or a part of the head come after.
            let is_cut = rest.iter().all(|&byte| byte == 0);
            return if is_cut { Ok(at) } else { Err(damaged("a length")) };
        }
        let length = usize::try_from(u32::from_le_bytes(four(0))).unwrap_or(usize::MAX);
        let Some(payload) = rest.get(..length) else { return Ok(at) };
        if xxh3_64(payload) != checksum {
            // The last may have its head on disk and not all of the rest.
            let is_last = rest.len() == length;
            return if is_last { Ok(at) } else { Err(damaged("a checksum")) };
        }
        tell(Record::decode(payload).map_err(|_error| damaged("a record"))?);
        at += HEAD_BYTES + length;
    }
}

#[cfg(test)]
mod tests;
