/**
 * A real API server for tests: etcd, kube-apiserver and, where asked for, the controllers that
 * delete namespaces and collect garbage. No kubelet, no scheduler: nothing ever runs in a pod.
 */
@NullMarked
package dev.planwright.testing.kube;

import org.jspecify.annotations.NullMarked;
