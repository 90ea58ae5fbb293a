// Without schemas: a page needs it before it needs any of them.

/** Confidences are compared as integers of a millionth, so that 0.85, 0.95 and 0.90 do reach 0.90. */
export const CONFIDENCE_UNIT = 1_000_000
