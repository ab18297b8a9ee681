//! What tests share: where data lies, and imports into temporary files.

use std::{
    env,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use luwang::{
    engine::Engine,
    import::{ImportSettings, ImportSource, ImportSummary, import},
    osm::Clip,
    profile::{Profile, ProfileKind},
    progress::Silent,
};
use tempfile::TempDir;

/// The folder of real extracts, if there is one: `LUWANG_TEST_DATA`, or
/// `shared/data` beside the checkout.
pub(crate) fn data_folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = env::var_os("LUWANG_TEST_DATA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The real extract of that name; says on the terminal that it is not there.
pub(crate) fn extract(name: &str) -> Option<PathBuf> {
    let path = data_folder().map(|folder| folder.join(name)).filter(|path| path.is_file());
    if path.is_none() {
        println!("skipped: there is no real extract {name}; set LUWANG_TEST_DATA to its folder");
    }
    path
}

/// The fixture, as it is in the repository.
pub(crate) fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/baoan.osm.pbf")
}

/// The fixture, imported once.
pub(crate) fn dataset() -> &'static Path {
    static DATASET: LazyLock<Imported> =
        LazyLock::new(|| Imported::new(ImportSource::File(fixture())));
    &DATASET.path
}

/// Settings to import `source` for cars to `output`.
pub(crate) fn settings(source: ImportSource, output: &Path) -> ImportSettings {
    ImportSettings {
        source,
        output: output.to_owned(),
        clip: Clip::Everything,
        profiles: vec![Profile::new(ProfileKind::Car)],
        threads: None,
    }
}

/// A dataset in a folder of its own, which goes with it.
pub(crate) struct Imported {
    pub(crate) path: PathBuf,
    pub(crate) summary: ImportSummary,
    _folder: TempDir,
}

impl Imported {
    pub(crate) fn new(source: ImportSource) -> Self {
        Self::for_profiles(source, &["car"])
    }

    /// A dataset for profiles as they are typed, such as `truck:height=4`.
    pub(crate) fn for_profiles(source: ImportSource, profiles: &[&str]) -> Self {
        let profile = |text: &&str| text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        Self::with(source, profiles.iter().map(profile).collect())
    }

    pub(crate) fn with(source: ImportSource, profiles: Vec<Profile>) -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        let path = folder.path().join("test.luwang");
        let settings = ImportSettings { profiles, ..settings(source, &path) };
        let summary = import(&settings, &Silent).expect("the extract can be imported");
        Self { path, summary, _folder: folder }
    }

    pub(crate) fn engine(&self) -> Engine {
        Engine::open(&self.path).expect("a new dataset can be opened")
    }
}
