//! The one place where a file becomes memory.

use std::{
    fs::File,
    io::{self, Read as _},
};

use bytes::Bytes;
use memmap2::{Mmap, MmapMut};

/// Maps `file`, which must not be written to from now on.
#[expect(unsafe_code, reason = "a mapping cannot be safe; the reason stands below")]
pub(super) fn map(file: &File) -> io::Result<Bytes> {
    // SAFETY: a mapped file may be changed by another process, and no check of
    // ours can see that. A dataset is never changed in place: imports write to
    // a temporary name and rename, and the contract of `open` asks the same of
    // everyone else. What is read from the mapping is plain integers, for which
    // every bit pattern is valid, and all of it goes through bounds checks.
    let mapped = unsafe { Mmap::map(file) }?;
    Ok(Bytes::from_owner(mapped))
}

/// Reads `file`, which has so many bytes, into memory: whoever writes to it later changes
/// nothing here.
pub(super) fn copy(mut file: &File, length: u64) -> io::Result<Bytes> {
    let length = usize::try_from(length).map_err(|_large| io::ErrorKind::FileTooLarge)?;
    // Aligned to pages, as arrays want it.
    let mut bytes = MmapMut::map_anon(length)?;
    file.read_exact(&mut bytes)?;
    Ok(Bytes::from_owner(bytes.make_read_only()?))
}
