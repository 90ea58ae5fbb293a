import { SIGN_IN_LINK_MS } from '@/lib/auth/sign-in-link-ms'
import type { SignInLink } from '@/lib/protocol/settings'
import type { Runtime } from '@/lib/runtime/runtime'

/** A one-time link for a user that exists. The token stands in the fragment, which no log sees. */
export async function makeSignInLink({ auth, board }: Runtime, user: string): Promise<SignInLink> {
  const token = await auth.createSignInLink({ user })
  return { user, path: `/sign-in#token=${token}`, until: board.serverNow() + SIGN_IN_LINK_MS }
}
