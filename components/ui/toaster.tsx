'use client'

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { Toaster as Sonner } from 'sonner'

/** Where short notices appear; `toast` of sonner writes them. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      offset={44}
      visibleToasts={4}
      icons={{
        success: <CircleCheck className="size-4 text-active" />,
        error: <CircleAlert className="size-4 text-dead" />,
        warning: <TriangleAlert className="size-4 text-stale" />,
        info: <Info className="size-4 text-blocked" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          // Its own letters: sonner brings some of the system's.
          toast:
            'flex w-(--width) items-start gap-2.5 rounded-xl border border-line bg-raise p-3 font-sans text-base text-ink shadow-float',
          content: 'grid flex-1 gap-0.5',
          title: 'font-medium',
          description: 'text-sm text-mute',
          icon: 'mt-px flex-none',
          actionButton:
            'flex-none rounded-md border border-line bg-soft px-2 py-1 text-sm font-medium text-ink',
        },
      }}
    />
  )
}
