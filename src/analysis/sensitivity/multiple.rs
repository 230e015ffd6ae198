//! The least common multiple, which the numbers of areas in several means have.

/// The least common multiple of two numbers.
pub fn common_multiple(one: usize, other: usize) -> usize {
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (one / a).saturating_mul(other)
}
