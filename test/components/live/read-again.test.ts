import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { readAgain } from '@/components/live/read-again'

let end = () => {}
afterEach(() => end())

/** A read that somebody shows, and that is answered when the test says so. */
function shown(key: string) {
  const queries = new QueryClient()
  const answers: ((what: string) => void)[] = []
  const observer = new QueryObserver(queries, {
    queryKey: [key],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    retry: false,
  })
  const stop = observer.subscribe(() => {})
  end = () => {
    stop()
    queries.clear()
  }
  return { queries, answers, data: () => observer.getCurrentResult().data }
}

it('reads again what was read', async () => {
  const { queries, answers, data } = shown('a')
  answers[0]?.('before')
  await expect.poll(data).toBe('before')
  const again = readAgain(queries, { queryKey: ['a'] })
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.('after')
  await again
  expect(data()).toBe('after')
  expect(answers).toHaveLength(2)
})

it('reads again what was being read for the first time', async () => {
  const { queries, answers, data } = shown('a')
  const again = readAgain(queries, { queryKey: ['a'] })
  answers[0]?.('before')
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.('after')
  await again
  expect(data()).toBe('after')
})

it('leaves others alone', async () => {
  const { queries, answers } = shown('a')
  answers[0]?.('before')
  await readAgain(queries, { queryKey: ['b'] })
  expect(answers).toHaveLength(1)
})
