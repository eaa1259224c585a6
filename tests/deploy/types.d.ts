// What a file may hold, by the types of those who read it.

import type { Dashboard } from '@grafana/schema'
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'

/** A file has texts where a program has members of an enumeration. */
type Plain<T> = T extends string
    ? `${T}`
    : T extends (infer U)[]
      ? Plain<U>[]
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T

export type Value<Name extends 'monitor' | 'dashboard'> = {
    monitor: IServiceMonitor
    dashboard: Plain<Dashboard>
}[Name]
