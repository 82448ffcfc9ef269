//! What is kept of the answers: that it is always what would be made anew, that
//! a change lets go of no more than it must, and how the cache behaves.

mod archive;
mod differential;
mod keeping;
mod poisoning;
mod reach;
