'use client'

import { Moon, Sun } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Toaster } from '@/components/ui/toaster'
import { ControlCases } from './control-cases'
import { FactCases } from './fact-cases'
import { LampCases } from './lamp-cases'
import { PanelCases } from './panel-cases'
import { WindowCases } from './window-cases'

export function Gallery() {
  return (
    <main className="mx-auto grid max-w-[1500px] gap-4 p-6 md:grid-cols-2 2xl:grid-cols-3">
      <header className="col-span-full flex items-center gap-3">
        <h1 className="text-xl font-semibold">Primitives</h1>
        <span className="flex-1" />
        <IconButton
          label="Dark"
          onClick={() => {
            document.documentElement.dataset.theme = 'dark'
          }}
        >
          <Moon />
        </IconButton>
        <IconButton
          label="Light"
          onClick={() => {
            document.documentElement.dataset.theme = 'light'
          }}
        >
          <Sun />
        </IconButton>
      </header>
      <LampCases />
      <ControlCases />
      <WindowCases />
      <FactCases />
      <PanelCases />
      <Toaster />
    </main>
  )
}
