import type { Condition } from '../../fixtures/cluster/index.ts';

/**
 * The autoscaler of a Deployment has brought it to its minimum. The Deployment itself begins with one pod, and is content with it until the
 * autoscaler has looked.
 */
export function keepsMinimum(deployment: string, autoscaler: string): Condition<number> {
  const about = [{ kind: 'HorizontalPodAutoscaler', name: autoscaler } as const];
  return {
    description: `Deployment ${deployment} to have the pods that ${autoscaler} keeps at least`,
    sources: [
      { kind: 'HorizontalPodAutoscaler', name: autoscaler },
      { kind: 'Deployment', name: deployment },
    ],
    evaluate(snapshot) {
      const wanted = snapshot.get('HorizontalPodAutoscaler', autoscaler)?.spec?.minReplicas;
      if (wanted === undefined) return { state: 'pending', seen: `there is no HorizontalPodAutoscaler ${autoscaler}` };
      const available = snapshot.get('Deployment', deployment)?.status?.availableReplicas ?? 0;
      if (available >= wanted) return { state: 'met', value: available };
      return { state: 'pending', seen: `${available} of at least ${wanted} pods available`, about };
    },
  };
}
