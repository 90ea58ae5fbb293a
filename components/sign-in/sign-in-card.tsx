'use client'

import { KeyRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { type SignIn, sessionSchema } from '@/lib/protocol/http'
import { Mark } from '../frame/mark'
import { apiPost } from '../live/api'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { nextAddress } from './next-address'
import { SignInTracks } from './sign-in-tracks'
import { takeToken } from './take-token'

type State =
  | { name: 'form'; error?: string }
  | { name: 'busy'; by: 'link' | 'password' }
  | { name: 'in' }

/** The door: by the one-time link in the address, or by name and password. */
export function SignInCard() {
  const router = useRouter()
  const [state, setState] = useState<State>({ name: 'form' })
  const [ended, setEnded] = useState(false)

  const enter = async (by: 'link' | 'password', given: SignIn) => {
    setState({ name: 'busy', by })
    try {
      await apiPost('/session', given, sessionSchema)
      setState({ name: 'in' })
      router.replace(nextAddress(new URLSearchParams(window.location.search).get('next')))
    } catch (error) {
      setState({ name: 'form', error: explain(error) })
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the address that one came by
  useEffect(() => {
    setEnded(new URLSearchParams(window.location.search).has('ended'))
    const token = takeToken()
    if (token !== undefined) void enter('link', { token })
  }, [])

  const busy = state.name !== 'form'
  return (
    <main className="relative grid min-h-dvh place-items-center overflow-hidden p-4">
      <SignInTracks lit={state.name === 'in'} />
      <div className="relative w-full max-w-[360px] rounded-2xl border border-line bg-panel p-6 shadow-float">
        <div className="mb-5 flex items-center gap-3">
          <Mark className="size-9" />
          <div>
            <h1 className="text-lg font-semibold tracking-tight">Signalbox</h1>
            <p className="text-sm text-mute">The control room</p>
          </div>
        </div>
        {state.name === 'busy' && state.by === 'link' ? (
          <p role="status" className="flex items-center gap-2 py-6 text-mute">
            <KeyRound aria-hidden className="size-4 animate-breathe text-active" />
            Signing in with your link…
          </p>
        ) : (
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              const form = new FormData(event.currentTarget)
              void enter('password', {
                user: String(form.get('user') ?? ''),
                password: String(form.get('password') ?? ''),
              })
            }}
          >
            {state.name === 'form' && state.error !== undefined ? (
              <p
                role="alert"
                data-tone="dead"
                className="tint rounded-lg px-3 py-2 text-base text-tone-ink"
              >
                {state.error}
              </p>
            ) : (
              ended && (
                <p
                  role="status"
                  data-tone="stale"
                  className="tint rounded-lg px-3 py-2 text-base text-tone-ink"
                >
                  Your session has ended. Sign in to go on where you were.
                </p>
              )
            )}
            <Field label="Name">
              {(ids) => (
                <Input
                  {...ids}
                  name="user"
                  required
                  autoFocus
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  className="h-9"
                />
              )}
            </Field>
            <Field label="Password">
              {(ids) => (
                <Input
                  {...ids}
                  name="password"
                  type="password"
                  required
                  autoComplete="current-password"
                  className="h-9"
                />
              )}
            </Field>
            <Button kind="primary" size="lg" type="submit" busy={busy}>
              Sign in
            </Button>
            <p className="text-sm text-faint">
              No password yet, or forgotten? An admin, or whoever runs the server, can make a
              one-time link that signs you in.
            </p>
          </form>
        )}
      </div>
    </main>
  )
}
