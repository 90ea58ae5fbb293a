import type { WhatIf } from '@/lib/view/what-if'
import type { UrlChanges } from '../ui/use-url-state'

const THRESHOLD = /^(0(\.\d{1,2})?|1(\.0{1,2})?)$/

/** What an address supposes; what it cannot mean is as if it were not there. */
export function whatIfOf(url: URLSearchParams): WhatIf {
  const threshold = url.get('threshold') ?? ''
  const without = (url.get('without') ?? '').split(',').filter(Boolean)
  return {
    ...(THRESHOLD.test(threshold) ? { threshold: Number(threshold) } : {}),
    ...(without.length > 0 ? { without: new Set(without) } : {}),
  }
}

/** Puts what is supposed into the address, so that a link asks the same. */
export function whatIfChanges({ threshold, without }: WhatIf): UrlChanges {
  return {
    threshold: threshold?.toFixed(2),
    without: without === undefined ? undefined : [...without].sort().join(','),
  }
}
