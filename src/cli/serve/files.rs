//! How many files may be open at once, of which each connection is one.

/// Beside connections: the dataset, the log, and the connections of other addresses.
const OTHERS: usize = 256;

/// How many of `wanted` connections there may be. The limit on open files is raised as far as
/// that needs and the system allows.
///
/// Above it no connection could be accepted, on any address, and so none be let go for another.
pub(super) fn room_for(wanted: usize) -> usize {
    let needed = u64::try_from(wanted.saturating_add(OTHERS)).unwrap_or(u64::MAX);
    // What cannot be asked is not known to be too little.
    let limit = rlimit::increase_nofile_limit(needed).unwrap_or(needed);
    wanted.min(beside_others(usize::try_from(limit).unwrap_or(usize::MAX)))
}

fn beside_others(limit: usize) -> usize {
    limit.saturating_sub(OTHERS).max(limit / 2).max(1)
}

/// What to say where there is less room than wanted.
pub(super) fn warning(room: usize, wanted: usize) -> Option<String> {
    (room < wanted).then(|| {
        format!(
            "so few files may be open that there is room for {room} connections, not for the \
             {wanted} of --max-connections; raise the limit (ulimit -n, LimitNOFILE= of systemd)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_others() {
        assert_eq!(beside_others(4_096 + OTHERS), 4_096);
        assert_eq!(beside_others(1_024), 768);
        assert_eq!(beside_others(200), 100);
        assert_eq!(beside_others(0), 1);
        assert_eq!(room_for(1), 1);
        assert_eq!(warning(10, 10), None);
        assert!(warning(9, 10).is_some());
    }
}
