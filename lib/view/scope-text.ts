import type { MachineScope } from '../protocol/settings'

/** What a machine token opens, in words. */
export function scopeText(scope: MachineScope): string {
  switch (scope.kind) {
    case 'coordinator':
    case 'swarm':
      return `${scope.kind} ${scope.id}${scope.acts ? ', takes part' : ''}`
    case 'metrics':
      return 'metrics'
  }
}
