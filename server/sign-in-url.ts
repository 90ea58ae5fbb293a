import type { Runtime } from '@/lib/runtime/runtime'

/** The name that the first operator gets unless another is chosen at sign-in. */
export const FIRST_OPERATOR = 'operator'

/** The token stands in the fragment: browsers send that to nobody, so no log ever holds it. */
export function signInUrl(url: string, token: string): string {
  return `${url}/sign-in#token=${token}`
}

/** A link that makes the first operator, while there is no user at all. */
export async function firstSignInUrl({
  auth,
  url,
}: Pick<Runtime, 'auth' | 'url'>): Promise<string | undefined> {
  if (await auth.hasUsers()) return undefined
  const token = await auth.createSignInLink({ user: FIRST_OPERATOR, role: 'admin', first: true })
  return signInUrl(url, token)
}
