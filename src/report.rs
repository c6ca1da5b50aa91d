//! Findings and outlines as text for people and machines.
