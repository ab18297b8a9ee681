//! The heap of this process.

/// Gives back to the system what is free between pieces in use, where the allocator would keep
/// it: glibc's keeps it for others as small, while large arrays are taken anew.
///
/// To be called where much was let go that consisted of many small pieces. Takes some
/// milliseconds.
pub fn trim() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "it is offered to C alone")]
        // SAFETY: it may be called at any time and from any thread, and changes no memory in use.
        let _is_any_given_back = unsafe { libc::malloc_trim(0) };
    }
}
