'use client'

/** Every event. */
export function LogRoom() {
  return null
}
