//! Opening a dataset: every claim of the file is checked before it is used.

use std::{
    fs::{self, File},
    ops::Range,
    path::Path,
    sync::Arc,
};

use bytes::Bytes;
use rayon::prelude::*;
use zerocopy::FromBytes;

use super::{
    DatasetError, OpenDataset, Opening,
    format::{FORMAT_VERSION, Header, MAGIC, SectionEntry, SectionInfo, checksum},
    layout::{self, LayoutError, Visitor},
    map,
    parts::Parts,
};
use crate::array::{Array, Element};

/// Opens the file as `opening` says.
pub(super) fn open(path: &Path, opening: Opening) -> Result<OpenDataset, DatasetError> {
    let failed = |action| move |source| DatasetError::Io { action, path: path.to_owned(), source };
    // To open a pipe would wait for someone to write to it.
    if !fs::metadata(path).map_err(failed("open"))?.is_file() {
        let reason = "it is not a file";
        return Err(DatasetError::NotADataset { path: path.to_owned(), reason });
    }
    let file = File::open(path).map_err(failed("open"))?;
    let length = file.metadata().map_err(failed("open"))?.len();
    if length < size_of::<Header>() as u64 {
        let reason = "it is too short for a header";
        return Err(DatasetError::NotADataset { path: path.to_owned(), reason });
    }
    let bytes = if opening.in_memory {
        map::copy(&file, length).map_err(failed("read"))?
    } else {
        map::map(&file).map_err(failed("map"))?
    };
    let header = read_header(path, &bytes)?;
    let entries = read_table(path, &bytes, &header)?;
    let sections: Vec<SectionInfo> = entries.iter().map(SectionEntry::info).collect();
    let mut reader = SectionReader { bytes: bytes.clone(), sections: &sections, entries: &entries };
    let misfit = |error: LayoutError| damaged(path, &error.section, &error.reason);
    let dataset = if opening.trusted {
        layout::read(&mut reader).map_err(misfit)?.trusted()
    } else {
        check_sections(path, &bytes, &entries)?;
        layout::read(&mut reader).and_then(Parts::checked).map_err(misfit)?
    };
    Ok(OpenDataset {
        dataset: Arc::new(dataset),
        id: format!("{:016x}", header.table_checksum),
        sections,
        file_size: length,
    })
}

fn read_header(path: &Path, bytes: &[u8]) -> Result<Header, DatasetError> {
    let not_a_dataset = |reason| DatasetError::NotADataset { path: path.to_owned(), reason };
    let (header, _) = Header::read_from_prefix(bytes)
        .map_err(|_short| not_a_dataset("it is too short for a header"))?;
    if header.magic != MAGIC {
        return Err(not_a_dataset("it does not begin with the mark of one"));
    }
    let (found, expected) = (header.version, FORMAT_VERSION);
    if found != expected {
        return Err(DatasetError::Version { path: path.to_owned(), found, expected });
    }
    if header.checksum != header.computed_checksum() {
        return Err(damaged(path, "header", "its checksum does not match"));
    }
    let (found, expected) = (bytes.len() as u64, header.file_size);
    if found != expected {
        return Err(DatasetError::Size { path: path.to_owned(), found, expected });
    }
    Ok(header)
}

fn read_table(
    path: &Path,
    bytes: &[u8],
    header: &Header,
) -> Result<Vec<SectionEntry>, DatasetError> {
    let damaged = |reason: &str| damaged(path, "section table", reason);
    let offset = usize::try_from(header.table_offset).ok();
    let table = offset.and_then(|offset| bytes.get(offset..));
    let table = table.ok_or_else(|| damaged("it lies outside the file"))?;
    if checksum(table) != header.table_checksum {
        return Err(damaged("its checksum does not match"));
    }
    let entries = <[SectionEntry]>::ref_from_bytes(table)
        .map_err(|_uneven| damaged("it is not a whole number of entries"))?;
    if entries.len() != header.section_count as usize {
        return Err(damaged("it has another number of entries than the header says"));
    }
    Ok(entries.to_vec())
}

/// Checks that every section lies in the file and is what was written. Reads
/// the whole file once, in parallel.
///
/// # Errors
///
/// The first section, in the order of the file, of which that is not so.
fn check_sections(path: &Path, bytes: &[u8], entries: &[SectionEntry]) -> Result<(), DatasetError> {
    let faulty = entries.par_iter().find_map_first(|entry| {
        let name = entry.info().name;
        let section = range(entry).and_then(|range| bytes.get(range));
        let Some(section) = section else {
            return Some(damaged(path, &name, "it lies outside the file"));
        };
        let is_whole = checksum(section) == entry.checksum;
        (!is_whole).then(|| damaged(path, &name, "its checksum does not match"))
    });
    faulty.map_or(Ok(()), Err)
}

fn range(entry: &SectionEntry) -> Option<Range<usize>> {
    let start = usize::try_from(entry.offset).ok()?;
    Some(start..start.checked_add(usize::try_from(entry.size).ok()?)?)
}

fn damaged(path: &Path, section: &str, reason: &str) -> DatasetError {
    DatasetError::Damaged {
        path: path.to_owned(),
        section: section.to_owned(),
        reason: reason.to_owned(),
    }
}

struct SectionReader<'a> {
    bytes: Bytes,
    sections: &'a [SectionInfo],
    entries: &'a [SectionEntry],
}

impl Visitor for SectionReader<'_> {
    type Error = LayoutError;

    fn array<T: Element>(&mut self, name: &str, array: &mut Array<T>) -> Result<(), LayoutError> {
        let error = |reason: &str| LayoutError::new(name, reason);
        let index = self.sections.iter().position(|section| section.name == name);
        let entry = &self.entries[index.ok_or_else(|| error("it is missing"))?];
        if entry.element_size != size_of::<T>() as u64 {
            return Err(error("its elements have another size than expected"));
        }
        let mapped = range(entry).and_then(|range| Array::mapped(&self.bytes, range));
        *array = mapped.ok_or_else(|| error("it is not a whole number of aligned elements"))?;
        Ok(())
    }
}
