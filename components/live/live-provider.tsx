'use client'

import { type ReactNode, useEffect } from 'react'
import { holdConnection } from './page-live-client'

/** Keeps the page connected for as long as it stands in the control room. */
export function LiveProvider({ children }: { children: ReactNode }) {
  useEffect(() => holdConnection(), [])
  return children
}
