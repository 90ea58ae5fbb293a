import type { MachineScope } from '@/lib/protocol/settings'

/** What a machine token opens, in words. */
export function scopeText(scope: MachineScope): string {
  switch (scope.kind) {
    case 'coordinator':
      return `coordinator ${scope.id}`
    case 'swarm':
      return `swarm ${scope.id}`
    case 'metrics':
      return 'metrics'
  }
}
