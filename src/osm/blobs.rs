//! The blobs of a PBF file: where they are, and how all cores decode them.
//!
//! The file is walked once, from frame to frame, without unpacking anything.
//! After that, any pass reads batches of blobs in sequence, decodes a batch on
//! all cores, and takes the results in the order of the file: what comes out
//! does not depend on the number of threads, and memory holds one batch.

use std::{
    io::{Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use osmpbf::{BlobDecode, BlobError, BlobReader, ErrorKind};
use rayon::prelude::*;

use super::{
    OsmError,
    block::{Block, Kinds},
    format::{DATA_BLOB, HEADER_BLOB},
    frames::{Frames, Place},
};
use crate::progress::Progress;

/// A batch is full when its packed blobs have so many bytes together.
const BATCH_BYTES: usize = 16 << 20;

/// A batch is full when it has so many blobs.
const BATCH_BLOBS: usize = 64;

/// A PBF file and where its blobs are.
pub(super) struct Blobs<R> {
    path: PathBuf,
    reader: R,
    /// The blobs that tell about the file; at least one.
    pub(super) headers: Vec<Place>,
    /// The blobs with elements, in the order of the file.
    pub(super) data: Vec<Place>,
    /// What each blob of `data` holds, once a pass over all has found out.
    pub(super) kinds: Vec<Kinds>,
    /// How many blobs are of a kind that nobody told us about.
    pub(super) unknown: u64,
}

impl<R: Read + Seek> Blobs<R> {
    /// Finds the blobs of the file that `reader` reads and errors call `path`.
    pub(super) fn index(path: &Path, mut reader: R) -> Result<Self, OsmError> {
        let failed =
            |offset| move |source| OsmError::Read { path: path.to_owned(), offset, source };
        let length = reader.seek(SeekFrom::End(0)).map_err(failed(0))?;
        if length == 0 {
            return Err(OsmError::Empty { path: path.to_owned() });
        }
        let mut frames = Frames::new(path, &mut reader, length);
        let (mut headers, mut data, mut unknown) = (Vec::new(), Vec::new(), 0);
        while let Some((kind, place)) = frames.next()? {
            match kind.as_str() {
                HEADER_BLOB => headers.push(place),
                DATA_BLOB if headers.is_empty() => {
                    let what = format!("its elements come without an {HEADER_BLOB} before them");
                    return Err(OsmError::NotPbf { path: path.to_owned(), what });
                }
                DATA_BLOB => data.push(place),
                _ => unknown += 1,
            }
        }
        Ok(Self { path: path.to_owned(), reader, headers, data, kinds: Vec::new(), unknown })
    }

    /// How many blobs with elements hold such kinds, of those that are known.
    pub(super) fn count(&self, wanted: impl Fn(Kinds) -> bool) -> u64 {
        self.kinds.iter().filter(|&&kinds| wanted(kinds)).count() as u64
    }

    /// Decodes those blobs with elements whose kinds are `wanted`, and gives
    /// the results to `take` in the order of the file. Tells `progress` of each
    /// blob.
    ///
    /// # Errors
    ///
    /// The first one in the order of the file.
    pub(super) fn scan<T: Send>(
        &mut self,
        wanted: impl Fn(Kinds) -> bool,
        progress: &dyn Progress,
        decode: impl Fn(&Block<'_>) -> Result<T, String> + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), OsmError> {
        let kinds = |index: usize| self.kinds.get(index).copied().unwrap_or(Kinds::ALL);
        let positions = (0..self.data.len()).filter(|&index| wanted(kinds(index)));
        let positions: Vec<_> = positions.collect();
        let mut rest = positions.as_slice();
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(self.batch_len(rest));
            let bytes: Result<Vec<_>, _> =
                batch.iter().map(|&index| self.read(self.data[index])).collect();
            let decoded: Vec<_> = bytes?
                .par_iter()
                .map(|bytes| {
                    let decoded = guarded(|| decode_elements(bytes, &decode));
                    progress.advance(1);
                    decoded
                })
                .collect();
            for (&index, decoded) in batch.iter().zip(decoded) {
                take(decoded.map_err(|what| self.damaged(self.data[index], what))?);
            }
            rest = after;
        }
        Ok(())
    }

    /// How many of the blobs at `positions` go into one batch.
    fn batch_len(&self, positions: &[usize]) -> usize {
        let mut bytes = 0;
        let fits = |&&index: &&usize| {
            bytes += self.data[index].size;
            bytes <= BATCH_BYTES
        };
        positions.iter().take(BATCH_BLOBS).take_while(fits).count().max(1)
    }

    /// What the header at `place` says.
    pub(super) fn header(&mut self, place: Place) -> Result<osmpbf::HeaderBlock, OsmError> {
        let bytes = self.read(place)?;
        guarded(|| match decode(&bytes)?.decode().map_err(|error| in_words(&error))? {
            BlobDecode::OsmHeader(header) => Ok(*header),
            BlobDecode::OsmData(_) | BlobDecode::Unknown(_) => Err("it is no header".to_owned()),
        })
        .map_err(|what| self.damaged(place, what))
    }

    fn read(&mut self, place: Place) -> Result<Vec<u8>, OsmError> {
        let mut bytes = vec![0; place.size];
        let mut read = || {
            self.reader.seek(SeekFrom::Start(place.offset))?;
            self.reader.read_exact(&mut bytes)
        };
        read().map_err(|source| OsmError::Read {
            path: self.path.clone(),
            offset: place.offset,
            source,
        })?;
        Ok(bytes)
    }

    fn damaged(&self, place: Place, what: String) -> OsmError {
        OsmError::Damaged {
            path: self.path.clone(),
            blob: place.number,
            offset: place.offset,
            what,
        }
    }
}

fn decode_elements<T>(
    bytes: &[u8],
    decode_block: impl Fn(&Block<'_>) -> Result<T, String>,
) -> Result<T, String> {
    match decode(bytes)?.decode().map_err(|error| in_words(&error))? {
        BlobDecode::OsmData(block) => decode_block(&Block::new(&block)),
        BlobDecode::OsmHeader(_) | BlobDecode::Unknown(_) => Err("it has no elements".to_owned()),
    }
}

fn decode(bytes: &[u8]) -> Result<osmpbf::Blob, String> {
    let blob = BlobReader::new(bytes).next().ok_or("there is no blob")?;
    blob.map_err(|error| in_words(&error))
}

fn in_words(error: &osmpbf::Error) -> String {
    match error.kind() {
        ErrorKind::Blob(BlobError::Empty) => {
            "it has no data, or data packed otherwise than by zlib".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Runs `work`, and makes an error of a panic in it: osmpbf adds differences
/// unchecked and unwraps kinds of members, which a malformed block can use.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("it cannot be decoded: {}", message.unwrap_or("of unknown cause")))
    })
}
