'use client'

import { Component, type ReactNode } from 'react'

interface BoundaryProps {
  /** Stands for what failed; gets a way to try again. Nothing, unless given. */
  fallback?: (retry: () => void) => ReactNode
  children: ReactNode
}

/**
 * Keeps a failure to its own part of the page. Most often it is code that could not be fetched,
 * because the server is gone: what is there already has to go on.
 */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  private readonly retry = () => this.setState({ failed: false })

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return this.props.fallback?.(this.retry) ?? null
  }
}
