//! What benches run on: the fixture, and the real extracts that are there.

use std::{
    env, fmt,
    path::{Path, PathBuf},
    sync::{LazyLock, OnceLock},
};

use luwang::{
    engine::Engine,
    import::{ImportSettings, ImportSource, import},
    osm::Clip,
    profile::{Profile, ProfileKind},
    progress::Silent,
};

/// The real extracts, from small to large.
const REAL: [&str; 6] =
    ["monaco", "liechtenstein", "andorra", "futian-nanshan", "heidelberg", "composite"];

/// An extract, and the dataset that is made from it where one is needed.
pub(crate) struct Area {
    name: &'static str,
    extract: PathBuf,
    engine: OnceLock<Engine>,
}

impl Area {
    /// The fixture and the real extracts that are there; says once which are
    /// not.
    pub(crate) fn all() -> &'static [Self] {
        static AREAS: LazyLock<Vec<Area>> = LazyLock::new(|| {
            let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/baoan.osm.pbf");
            let real = REAL.map(|name| (name, data_folder().join(format!("{name}.osm.pbf"))));
            let there = real.into_iter().filter(|(name, extract)| is_there(name, extract));
            std::iter::once(("baoan-fixture", fixture))
                .chain(there)
                .map(|(name, extract)| Area { name, extract, engine: OnceLock::new() })
                .collect()
        });
        &AREAS
    }

    /// Settings to import it for cars. The dataset lies in the build folder.
    pub(crate) fn settings(&self) -> ImportSettings {
        let file = format!("{}-{}.luwang", env!("CARGO_CRATE_NAME"), self.name);
        ImportSettings {
            source: ImportSource::File(self.extract.clone()),
            output: Path::new(env!("CARGO_TARGET_TMPDIR")).join(file),
            clip: Clip::Everything,
            profiles: vec![Profile::new(ProfileKind::Car)],
            threads: None,
        }
    }

    /// An engine on its dataset, imported at the first call.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| {
            let settings = self.settings();
            import(&settings, &Silent).expect("the extract can be imported");
            Engine::open(&settings.output).expect("a new dataset can be opened")
        })
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// `LUWANG_TEST_DATA`, or `shared/data` beside the checkout.
fn data_folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    env::var_os("LUWANG_TEST_DATA").map_or_else(beside, PathBuf::from)
}

#[expect(clippy::print_stderr, reason = "a bench says what it leaves out")]
fn is_there(name: &str, extract: &Path) -> bool {
    if !extract.is_file() {
        let folder = data_folder();
        eprintln!(
            "skipped: no {name}.osm.pbf in {}; set LUWANG_TEST_DATA to the folder of real extracts",
            folder.display()
        );
    }
    extract.is_file()
}
