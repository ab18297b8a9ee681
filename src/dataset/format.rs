//! The bytes around the sections.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

#[cfg(target_endian = "big")]
compile_error!("datasets are little-endian and read where they lie");

/// The format that this luwang writes and reads. Raised with every change of
/// the layout, and of the order in which an array is sorted. 12: which arc of the hierarchy
/// each turn is; what a place is more exactly than its kind; the lines of streets by position.
pub const FORMAT_VERSION: u32 = 13;

/// The first bytes of every dataset; the line end in it shows a file that was
/// changed on its way.
pub(super) const MAGIC: [u8; 8] = *b"luwang\r\n";

/// Sections begin at multiples of this many bytes: a cache line.
pub(super) const ALIGNMENT: u64 = 64;

/// The beginning of a dataset.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(super) struct Header {
    pub(super) magic: [u8; 8],
    pub(super) version: u32,
    pub(super) section_count: u32,
    /// Where the section table begins; it reaches to the end of the file.
    pub(super) table_offset: u64,
    pub(super) file_size: u64,
    /// Of the section table, and so of every section's own checksum.
    pub(super) table_checksum: u64,
    pub(super) reserved: [u64; 2],
    /// Of all fields before this one.
    pub(super) checksum: u64,
}

/// An entry of the section table.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(super) struct SectionEntry {
    /// In UTF-8, filled up with zeros.
    pub(super) name: [u8; 40],
    pub(super) offset: u64,
    pub(super) size: u64,
    pub(super) element_size: u64,
    pub(super) checksum: u64,
}

/// What `inspect` shows of a section.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SectionInfo {
    /// What is in it, such as `profile/0/hierarchy/head`.
    pub name: String,
    /// Where in the file it begins, in bytes.
    pub offset: u64,
    /// How long it is in bytes.
    pub size: u64,
    /// How many elements it has.
    pub element_count: u64,
    /// Its XXH3 checksum.
    pub checksum: u64,
}

impl Header {
    /// The checksum that the fields before it should have.
    pub(super) fn computed_checksum(&self) -> u64 {
        let bytes = self.as_bytes();
        checksum(&bytes[..bytes.len() - size_of::<u64>()])
    }
}

impl SectionEntry {
    /// The name of a section as the table stores it. Names are ours, and short.
    pub(super) fn stored_name(name: &str) -> [u8; 40] {
        let mut stored = [0; 40];
        stored[..name.len()].copy_from_slice(name.as_bytes());
        stored
    }

    pub(super) fn info(&self) -> SectionInfo {
        let end = self.name.iter().position(|&byte| byte == 0).unwrap_or(self.name.len());
        SectionInfo {
            name: String::from_utf8_lossy(&self.name[..end]).into_owned(),
            offset: self.offset,
            size: self.size,
            element_count: self.size.checked_div(self.element_size).unwrap_or(0),
            checksum: self.checksum,
        }
    }
}

/// XXH3 with 64 bits: as fast as memory, and enough to tell damage. It is no
/// protection against a file that was forged.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}
