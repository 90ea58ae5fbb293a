'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { copyText } from './copy-text'
import { IconButton } from './icon-button'

const SHOWN_MS = 1_500

interface CopyButtonProps {
  text: string
  /** What is copied, such as `id`. */
  label?: string
  className?: string
}

/** Copies a text, and shows that it did. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    if (!(await copyText(text))) return
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <IconButton
      size="sm"
      label={copied ? 'Copied' : label}
      className={className}
      onClick={(event) => {
        event.stopPropagation()
        void copy()
      }}
    >
      {copied ? <Check className="text-active" /> : <Copy />}
    </IconButton>
  )
}
