// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lazyPart } from '@/components/ui/lazy-part'

const Part = ({ name }: { name: string }) => <p>the part of {name}</p>

describe('a part that comes by itself', () => {
  beforeEach(() => {
    // React reports what a boundary caught; here that is what is wanted.
    vi.spyOn(console, 'error').mockImplementation(() => {})
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('leaves its place open until it is there', async () => {
    const Lazy = lazyPart(() => Promise.resolve(Part), { loading: () => <p>on its way</p> })
    render(<Lazy name="ada" />)
    expect(screen.getByText('on its way')).toBeDefined()
    expect(await screen.findByText('the part of ada')).toBeDefined()
  })

  it('is there at once the next time', async () => {
    const Lazy = lazyPart(() => Promise.resolve(Part), { loading: () => <p>on its way</p> })
    const { unmount } = render(<Lazy name="ada" />)
    await screen.findByText('the part of ada')
    unmount()
    render(<Lazy name="bob" />)
    expect(screen.getByText('the part of bob')).toBeDefined()
  })

  it('fails alone when it cannot be fetched, and can be tried again', async () => {
    const load = vi
      .fn<() => Promise<typeof Part>>()
      .mockRejectedValueOnce(new Error('the server is gone'))
      .mockResolvedValue(Part)
    const Lazy = lazyPart(load)
    render(
      <main>
        <p>the room</p>
        <Lazy name="ada" />
      </main>,
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('the part of ada')).toBeDefined()
    expect(screen.getByText('the room')).toBeDefined()
  })

  it('fails alone when it throws', async () => {
    const Broken = () => {
      throw new Error('broken')
    }
    const Lazy = lazyPart(() => Promise.resolve(Broken))
    render(
      <main>
        <p>the room</p>
        <Lazy />
      </main>,
    )
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeDefined()
    expect(screen.getByText('the room')).toBeDefined()
  })
})
