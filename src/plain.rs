//! The wasm for hosts without JavaScript (Java, Go, Python, .NET): three functions over the module's own memory, and no
//! imports. Built with the feature `plain` by scripts/build-plain.sh.
//!
//! 1. `alloc(length)` gives the address of that many bytes; write a request there, UTF-8 ([`crate::request`]).
//! 2. `call(address, length)` answers it: the answer's address in the upper 32 bits, its length in the lower 32.
//! 3. `free(address, length)` gives back either of the two.
//!
//! A host that breaks these rules harms nobody but the instance: wasm cannot reach outside its own memory.
#![allow(unsafe_code, reason = "addresses come from the host, and only it can know that they are right")]

use crate::request;
use std::alloc::{Layout, alloc as allocate, dealloc};
use std::ptr::NonNull;

/// Room for `length` bytes. 0 where there is none left.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    match Layout::array::<u8>(length) {
        Ok(_) if length == 0 => NonNull::dangling().as_ptr(),
        // SAFETY: the layout is not of length zero.
        Ok(layout) => unsafe { allocate(layout) },
        Err(_) => std::ptr::null_mut(),
    }
}

/// Answers the request at `address`, which stays the host's to free, as the answer is.
///
/// # Safety
/// `length` initialised bytes lie at `address`, from [`alloc`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(address: *const u8, length: usize) -> u64 {
    // SAFETY: the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(address, length) };
    // Not UTF-8 is not JSON either: the empty text has the same answer.
    let answer = request::answer(std::str::from_utf8(bytes).unwrap_or_default()).into_bytes().into_boxed_slice();
    let answer_length = answer.len() as u64;
    ((Box::into_raw(answer) as *mut u8 as usize as u64) << 32) | answer_length
}

/// Gives back what [`alloc`] or [`call`] gave.
///
/// # Safety
/// `address` and `length` are a pair that one of them gave and that has not been given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(address: *mut u8, length: usize) {
    if let (Ok(layout), true) = (Layout::array::<u8>(length), length > 0) {
        // SAFETY: the caller's promise.
        unsafe { dealloc(address, layout) };
    }
}
