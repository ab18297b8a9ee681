//! Files that are damaged, truncated, foreign or malformed: an error that says
//! where, and never a panic.

use std::fs;

use prost::Message as _;

use super::*;
use crate::osm::{
    format::{DATA_BLOB, HEADER_BLOB, HeaderBlock, PrimitiveBlock, PrimitiveGroup, StringTable},
    write::write_blob,
};

#[test]
fn what_is_no_extract_is_refused() {
    assert!(matches!(read_all(b""), Err(OsmError::Empty { .. })));
    for other in [&b"a"[..], b"<?xml version='1.0'?><osm>", b"BZh91AY&SY", &[0; 100], &[255; 100]] {
        let error = read_all(other).unwrap_err();
        assert!(matches!(error, OsmError::NotPbf { .. }), "{error:?}");
    }
    let absent = read(&PathBuf::from("no-such.osm.pbf"), &Roads, &Clip::Everything, &Silent);
    assert!(matches!(absent, Err(OsmError::Open { .. })), "{absent:?}");
    let folder = read(&env::temp_dir(), &Roads, &Clip::Everything, &Silent);
    assert!(folder.is_err());
}

#[test]
fn histories_are_refused_by_name() {
    let features = ["OsmSchema-V0.6", "HistoricalInformation"].map(str::to_owned);
    let header = HeaderBlock { required_features: features.into(), ..HeaderBlock::default() };
    let mut history = Vec::new();
    write_blob(&mut history, HEADER_BLOB, &header.encode_to_vec()).unwrap();
    let error = read_all(&history).unwrap_err();
    let OsmError::Feature { ref feature, .. } = error else { panic!("{error}") };
    assert_eq!(feature, "HistoricalInformation");
}

/// A whole file whose one block is malformed in itself, as no checksum tells.
fn with_block(groups: Vec<PrimitiveGroup>) -> Result<Extract, OsmError> {
    let strings = ["", "highway", "road"].map(|text| text.as_bytes().to_vec());
    let block = PrimitiveBlock { strings: StringTable { strings: strings.into() }, groups };
    let mut bytes = pbf(&[]);
    write_blob(&mut bytes, DATA_BLOB, &block.encode_to_vec()).unwrap();
    read_all(&bytes)
}

#[test]
fn malformed_blocks_are_refused_with_their_place() {
    let dense = |ids: &[i64], lats: &[i64], lons: &[i64], keys_values: &[i32]| PrimitiveGroup {
        dense: Some(format::DenseNodes {
            ids: ids.into(),
            lats: lats.into(),
            lons: lons.into(),
            keys_values: keys_values.into(),
        }),
        ..PrimitiveGroup::default()
    };
    let way = |keys: &[u32], values: &[u32]| {
        let refs = vec![1, i64::MAX, i64::MAX];
        let way = format::Way { id: 1, keys: keys.into(), values: values.into(), refs };
        PrimitiveGroup { ways: vec![way], ..PrimitiveGroup::default() }
    };
    let relation = |roles: &[i32], members: &[i64], kinds: &[i32]| {
        let (roles, members, kinds) = (roles.into(), members.into(), kinds.into());
        let (keys, values) = (vec![1], vec![2]);
        let relation = format::Relation { id: 1, keys, values, roles, members, kinds };
        PrimitiveGroup { relations: vec![relation], ..PrimitiveGroup::default() }
    };
    for (what, group) in [
        ("fewer positions than nodes", dense(&[1, 1], &[5], &[5, 5], &[])),
        ("a string out of bounds", dense(&[1], &[5], &[5], &[1, 9, 0])),
        ("a negative string", dense(&[1], &[5], &[5], &[-1, 1, 0])),
        ("a string of a way out of bounds", way(&[1], &[3])),
        ("a key without a value", way(&[1, 1], &[2])),
        ("a role out of bounds", relation(&[7], &[1], &[0])),
        ("a member without a kind", relation(&[0, 0], &[1, 1], &[0])),
        ("a member of unknown kind", relation(&[0], &[1], &[17])),
    ] {
        let error = with_block(vec![group]).unwrap_err();
        assert!(matches!(error, OsmError::Damaged { blob: 1, offset: 1.., .. }), "{what}: {error}");
    }
    let extract = with_block(vec![way(&[1], &[2])]).unwrap();
    assert_eq!(extract.ways[0].refs, [1, i64::MIN, -1], "ids wrap around");
    let far = dense(&[1, 1], &[900_000_001, 0], &[0, 1_800_000_001], &[]);
    assert_eq!(with_block(vec![far]).unwrap().report.off_earth.count, 2);
    let absurd = dense(&[1], &[i64::MAX], &[i64::MIN], &[]);
    drop(with_block(vec![absurd]));
}

#[test]
fn a_file_cut_anywhere_between_blobs_and_within_is_no_panic() {
    let whole = pbf(&town());
    let mut fine = 0;
    for length in 0..whole.len() {
        fine += usize::from(read_all(&whole[..length]).is_ok());
    }
    // Cut between two blobs a file looks whole: header; nodes; ways; relations.
    assert_eq!(fine, 3);
}

#[test]
fn a_changed_byte_anywhere_is_no_panic() {
    let whole = pbf(&town());
    let expected = ids(&read_all(&whole).unwrap());
    let mut refused = 0;
    for at in 0..whole.len() {
        for bit in [0x01, 0x10, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            match read_all(&bytes) {
                Err(_) => refused += 1,
                // A frame may turn into one of an unknown kind, or a field of
                // a frame into an unknown field.
                Ok(extract) => {
                    assert!(extract.report.unknown_blobs > 0 || ids(&extract) == expected);
                }
            }
        }
    }
    assert!(refused > 3 * whole.len(), "{refused} of {}", 4 * whole.len());
}

#[test]
fn damaged_real_extracts_are_no_panic() {
    for name in ["futian-nanshan", "helsinki-missing-nodes"] {
        let Some(path) = real(&format!("{name}.osm.pbf")) else { continue };
        let whole = fs::read(path).unwrap();
        let seed = fastrand::u64(..);
        let mut random = fastrand::Rng::with_seed(seed);
        let mut refused = 0;
        for _ in 0..60 {
            let mut bytes = whole.clone();
            if random.bool() {
                bytes.truncate(random.usize(..whole.len()));
            } else {
                for _ in 0..random.usize(1..4) {
                    bytes[random.usize(..whole.len())] = random.u8(..);
                }
            }
            refused += usize::from(read_all(&bytes).is_err());
        }
        assert!(refused > 40, "{refused} of 60 with seed {seed}");
    }
}
