import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's floor for scrypt: 128 MiB would be N=2^17; 2^15 with r=8, p=3 asks the same work of 32 MiB. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const KEY_BYTES = 32
const SALT_BYTES = 16

interface Cost {
  N: number
  r: number
  p: number
}

function derive(password: string, salt: Buffer, length: number, { N, r, p }: Cost) {
  return new Promise<Buffer>((resolve, reject) => {
    // The same word typed on two keyboards can differ in code points; NFKC makes them one.
    scrypt(
      password.normalize('NFKC'),
      salt,
      length,
      { N, r, p, maxmem: 256 * N * r },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })
}

/** `scrypt$N$r$p$salt$key`: the cost stands in it, so that it can be raised without losing anybody. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password, salt, KEY_BYTES, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join(
    '$',
  )
}

/** False for a wrong password and for a hash that cannot be read alike; never throws on bad input. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = stored.split('$')
  const cost = { N: Number(n), r: Number(r), p: Number(p) }
  const wanted = Buffer.from(key ?? '', 'base64')
  if (scheme !== 'scrypt' || !salt || wanted.length !== KEY_BYTES) return false
  if (!Object.values(cost).every((it) => Number.isSafeInteger(it) && it > 0)) return false
  if (cost.N > 2 ** 18 || cost.r > 32 || cost.p > 16) return false
  const got = await derive(password, Buffer.from(salt, 'base64'), KEY_BYTES, cost)
  return timingSafeEqual(got, wanted)
}

let decoy: Promise<string> | undefined

/** As slow as a real check: an answer's time must not tell whether an account exists. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  await verifyPassword(password, await decoy)
  return false
}
