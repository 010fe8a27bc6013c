package dev.planwright.cli;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.operator.LeaseTiming;
import dev.planwright.operator.OperatorOptions;
import dev.planwright.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code planwright operator}: works for a cluster until it is stopped. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Works for a cluster: keeps billing systems equal to its manifests.",
      "Reaches the cluster it runs in, or the one of --kubeconfig or KUBECONFIG."
    })
public final class OperatorCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(OperatorCommand.class);

  /** What the kubelet leaves between SIGTERM and SIGKILL is 30 s; ours is less. */
  private static final long EXIT_SECONDS = 20;

  @Option(
      names = "--namespaces",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "Namespaces to watch, separated by commas; all when left out.")
  Set<String> namespaces = new LinkedHashSet<>();

  @Option(
      names = "--allow-http",
      description =
          "Lets a BillingBackend name an http:// address outside of the cluster: its key is then"
              + " sent in the clear.")
  boolean allowHttp;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description =
          "Port of /healthz, /readyz and /metrics; ${DEFAULT-VALUE} by default, 0 lets the system"
              + " choose.")
  int port = 8080;

  @Option(
      names = "--bind-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Address to listen on; ${DEFAULT-VALUE} by default.")
  String bindAddress = "0.0.0.0";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach the cluster, when it is not the one this runs in.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAMESPACE",
      description = "Namespace of the Lease; the one that this runs in when left out.")
  @Nullable String leaseNamespace;

  @Override
  public Integer call() throws IOException {
    for (String namespace : namespaces) {
      if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
        throw new UserMistake("--namespaces: \"" + namespace + "\" is not a namespace's name");
      }
    }
    Config config = config();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      checkCluster(client);
      return run(client, config);
    }
  }

  private Integer run(KubernetesClient client, Config config) throws IOException {
    String identity = Optional.ofNullable(System.getenv("POD_NAME")).orElse(host());
    OperatorProcess process =
        new OperatorProcess(
            client,
            new OperatorProcess.Settings(
                leaseNamespace(config),
                identity + "_" + UUID.randomUUID(),
                LeaseTiming.DEFAULT,
                InetAddress.getByName(bindAddress),
                port,
                new OperatorOptions(
                    namespaces, allowHttp, OperatorOptions.DEFAULT.settling(), identity)),
            InstantSource.system());
    Thread hook = new Thread(() -> stop(process), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = process.run(listening -> log.info("health on port {}", listening));
    log.info("ended with {}", code);
    return code;
  }

  /** On SIGTERM the JVM ends when its hooks have: this one waits for the process to finish. */
  private static void stop(OperatorProcess process) {
    process.stop();
    try {
      int code = process.ended().get(EXIT_SECONDS, TimeUnit.SECONDS);
      log.debug("ended with {}", code);
    } catch (TimeoutException e) {
      log.warn("not ended within {} s, ending anyway", EXIT_SECONDS);
    } catch (ExecutionException e) {
      log.error("the process failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Config config() {
    if (kubeconfig == null) {
      return Config.autoConfigure(null);
    }
    try {
      return Config.fromKubeconfig(kubeconfig.toFile());
    } catch (RuntimeException e) {
      // Fabric8 throws several kinds for a file that is missing or is no kubeconfig.
      throw new UserMistake(
          "--kubeconfig " + kubeconfig + " cannot be used: " + Main.firstLine(e), e);
    }
  }

  /** Says at the start, in one line, what would otherwise come out of three watches at once. */
  private void checkCluster(KubernetesClient client) {
    List<Class<? extends HasMetadata>> kinds =
        List.of(BillingBackend.class, Plan.class, Price.class);
    for (Class<? extends HasMetadata> kind : kinds) {
      try {
        client
            .adapt(NamespacedKubernetesClient.class)
            .withRequestConfig(impatient())
            .call(quick -> check(quick, kind));
      } catch (KubernetesClientException e) {
        throw new UserMistake(explain(client, kind, e), e);
      }
    }
  }

  private <T extends HasMetadata> boolean check(KubernetesClient client, Class<T> kind) {
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    if (namespaces.isEmpty()) {
      client.resources(kind).inAnyNamespace().list(one);
    } else {
      namespaces.forEach(namespace -> client.resources(kind).inNamespace(namespace).list(one));
    }
    return true;
  }

  /** The client would try ten times, for minutes, before it says what is wrong. */
  private static RequestConfig impatient() {
    return new RequestConfigBuilder()
        .withRequestTimeout(10_000)
        .withRequestRetryBackoffLimit(1)
        .build();
  }

  private static String explain(
      KubernetesClient client, Class<? extends HasMetadata> kind, KubernetesClientException e) {
    String where = client.getMasterUrl() + ": ";
    String plural = HasMetadata.getFullResourceName(kind);
    return where
        + switch (e.getCode()) {
          case HttpURLConnection.HTTP_NOT_FOUND ->
              plural + " is not known there; install the kinds first: kubectl apply -f crds/";
          case HttpURLConnection.HTTP_FORBIDDEN ->
              "this user may not list " + plural + "; grant it the operator's role";
          case HttpURLConnection.HTTP_UNAUTHORIZED ->
              "the credentials are refused; look at the kubeconfig or the service account";
          default ->
              "the cluster is not reached ("
                  + Main.firstLine(innermost(e))
                  + "); run inside a cluster, or set KUBECONFIG or --kubeconfig";
        };
  }

  /** The client's own words name the call; why it failed is in the cause. */
  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private String leaseNamespace(Config config) {
    if (leaseNamespace != null) {
      return leaseNamespace;
    }
    return Optional.ofNullable(System.getenv("POD_NAMESPACE"))
        .or(() -> Optional.ofNullable(config.getNamespace()))
        .orElse("default");
  }

  private static String host() {
    try {
      Path file = Path.of("/etc/hostname");
      if (Files.isReadable(file)) {
        return Files.readString(file).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      log.debug("this machine has no name: {}", e.getMessage());
      return "planwright";
    }
  }
}
