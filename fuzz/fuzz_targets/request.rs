#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use luwang_fuzz::Doors;

static DOORS: LazyLock<Doors> = LazyLock::new(Doors::open);

fuzz_target!(|bytes: &[u8]| DOORS.request(bytes));
