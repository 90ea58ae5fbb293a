/** How long a sign-in link waits to be used. */
export const SIGN_IN_LINK_MS = 15 * 60_000
