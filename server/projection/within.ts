import { TimeoutError } from '@/lib/redis/errors'

/** The same promise, for at most so long, ms. What comes later is not heard any more. */
export function within<T>(promise: Promise<T>, what: string, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(what, ms)), ms)
    void promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
