import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits in base64url: a session, a sign-in link or a machine token. Only its hash is ever stored. */
export function createSecretToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hex. A fast hash is enough: nobody can try all tokens of 256 bits. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}
