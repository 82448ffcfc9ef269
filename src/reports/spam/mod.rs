//! What keeps a flood of spam from the editors, and lets readers through it:
//! how much is taken in (`limits`, and over all instances `everywhere`), when
//! there is an attack (`pressure`), and the extra step that forms then ask for
//! (`challenge`).

pub(super) mod challenge;
pub(super) mod everywhere;
pub(super) mod limits;
mod pressure;
