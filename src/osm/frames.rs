//! The frames of a PBF file, one after the other, without unpacking anything.

use std::{
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use prost::Message as _;

use super::{
    OsmError,
    format::{BLOB_HEADER_LIMIT, BLOB_LIMIT, BlobHeader, DATA_BLOB, HEADER_BLOB},
};

/// Where a blob is in its file, with its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its number among all blobs.
    pub(super) number: usize,
    pub(super) offset: u64,
    pub(super) size: usize,
}

/// Goes from frame to frame. A frame is the size of the header in four bytes,
/// most significant first; the header, which tells the blob's kind and size;
/// and the blob.
pub(super) struct Frames<'a, R> {
    path: &'a Path,
    reader: &'a mut R,
    length: u64,
    offset: u64,
    number: usize,
}

impl<'a, R: Read + Seek> Frames<'a, R> {
    /// Begins at the first of the `length` bytes that `reader` reads.
    pub(super) fn new(path: &'a Path, reader: &'a mut R, length: u64) -> Self {
        Self { path, reader, length, offset: 0, number: 0 }
    }

    /// The kind and the place of the next blob, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(String, Place)>, OsmError> {
        if self.offset == self.length {
            return Ok(None);
        }
        let header_size = u32::from_be_bytes(self.bytes_at(0, 4)?.try_into().unwrap_or_default());
        if header_size == 0 || header_size >= BLOB_HEADER_LIMIT {
            return Err(self.no_frame(&format!("a header of {header_size} bytes")));
        }
        let header = self.bytes_at(4, u64::from(header_size))?;
        let header = BlobHeader::decode(header.as_slice())
            .map_err(|error| self.no_frame(&format!("a header that is none ({error})")))?;
        if header.kind.is_empty() || (self.number == 0 && !is_known(&header.kind)) {
            return Err(self.no_frame("a header of no known kind"));
        }
        let size = u32::try_from(header.size).ok().filter(|&size| size <= BLOB_LIMIT);
        let size = size.ok_or_else(|| OsmError::TooLarge {
            path: self.path.to_owned(),
            blob: self.number,
            offset: self.offset,
            size: header.size.into(),
            limit: BLOB_LIMIT,
        })?;
        let needed = 4 + u64::from(header_size) + u64::from(size);
        self.check_end(needed)?;
        let size = 4 + header_size as usize + size as usize;
        let place = Place { number: self.number, offset: self.offset, size };
        self.offset += needed;
        self.number += 1;
        Ok(Some((header.kind, place)))
    }

    /// So many bytes of the current frame after its first `skipped` ones.
    fn bytes_at(&mut self, skipped: u64, count: u64) -> Result<Vec<u8>, OsmError> {
        self.check_end(skipped + count)?;
        let offset = self.offset + skipped;
        let mut bytes = Vec::new();
        let mut read = || -> io::Result<usize> {
            self.reader.seek(SeekFrom::Start(offset))?;
            self.reader.by_ref().take(count).read_to_end(&mut bytes)
        };
        match read() {
            Ok(found) if found as u64 == count => Ok(bytes),
            Ok(_) => Err(self.truncated(skipped + count)),
            Err(source) => Err(OsmError::Read { path: self.path.to_owned(), offset, source }),
        }
    }

    fn check_end(&self, needed: u64) -> Result<(), OsmError> {
        if needed <= self.length - self.offset { Ok(()) } else { Err(self.truncated(needed)) }
    }

    fn truncated(&self, needed: u64) -> OsmError {
        let path = self.path.to_owned();
        if self.number == 0 && needed <= 4 {
            let what = format!("it has {} bytes", self.length);
            return OsmError::NotPbf { path, what };
        }
        let (blob, offset, length) = (self.number, self.offset, self.length);
        OsmError::Truncated { path, blob, offset, needed, length }
    }

    /// The error for bytes that are no frame: at the begin of a file they say
    /// that it is something else, later that it is damaged.
    fn no_frame(&self, found: &str) -> OsmError {
        let path = self.path.to_owned();
        if self.number == 0 {
            return OsmError::NotPbf { path, what: format!("it begins with {found}") };
        }
        let what = format!("it begins with {found}");
        OsmError::Damaged { path, blob: self.number, offset: self.offset, what }
    }
}

fn is_known(kind: &str) -> bool {
    [HEADER_BLOB, DATA_BLOB].contains(&kind)
}
