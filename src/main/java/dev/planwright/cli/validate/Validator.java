package dev.planwright.cli.validate;

import dev.planwright.backend.ProviderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what was named, has it validated, and prints what came of it. */
public final class Validator {
  private static final int UNUSABLE = 2;

  private final Map<String, ProviderFactory> providers;
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;

  /** Where the result is read. */
  public enum Format {
    /** By people and editors: {@code file:line:column: error: ...}. */
    TEXT,
    /** By programs: one object. */
    JSON,
    /** By GitHub, which shows each line beside the change of a pull request. */
    GITHUB
  }

  /**
   * What to do.
   *
   * @param inputs files, directories, or {@code -}
   * @param namespace of objects that name none
   * @param backend the kind of billing system of Plans whose BillingBackend is not given
   * @param allowHttp whether the operator runs with {@code --allow-http}
   * @param format of what is printed
   * @param builtFrom the directory that Kustomize built what is on standard input from
   */
  public record Request(
      List<String> inputs,
      String namespace,
      Optional<String> backend,
      boolean allowHttp,
      Format format,
      Path builtFrom) {
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A validator.
   *
   * @param providers by the name of the provider's block
   * @param in what {@code -} reads
   */
  public Validator(
      Map<String, ProviderFactory> providers, InputStream in, PrintWriter out, PrintWriter err) {
    this.providers = Map.copyOf(providers);
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** What is wrong with a namespace that is said; empty for nothing. */
  public static Optional<String> refuseNamespace(String namespace) {
    return Metadata.isNamespace(namespace)
        ? Optional.empty()
        : Optional.of("\"" + namespace + "\" " + Metadata.NO_NAMESPACE);
  }

  /** Returns the exit code: 0 valid, 1 invalid, 2 something cannot be used. */
  public int run(Request request) {
    try {
      Validation validation =
          new Validation(
              new Validation.Settings(request.namespace(), request.backend(), request.allowHttp()),
              providers);
      Set<Path> taken = new HashSet<>();
      request.inputs().forEach(input -> take(input, validation, taken));
      Validation.Result result = validation.result();
      if (result.isIdle()) {
        // Beside the report, which may go where nobody looks: a green gate that held nothing.
        err.println("planwright validate: warning: " + Validation.IDLE);
        err.flush();
        if (request.format() != Format.TEXT) {
          result = result.with(Note.warning(Validation.IDLE));
        }
      }
      new Report(out, request.builtFrom()).print(result, request.format());
      return result.exitCode();
    } catch (RuntimeException e) {
      // A check must end in words, whatever was given to it.
      err.println(
          "planwright validate: this is a defect of planwright, please report it with what was"
              + " given: "
              + e);
      err.flush();
      return UNUSABLE;
    }
  }

  private void take(String input, Validation validation, Set<Path> taken) {
    try {
      if (input.equals("-")) {
        takeNamed(GivenFile.parse(GivenFile.STDIN, true, in.readAllBytes()), validation);
        return;
      }
      Path path = Path.of(input);
      if (!Files.isDirectory(path)) {
        takeFile(path, true, validation, taken);
        return;
      }
      List<Path> files = GivenFile.in(path);
      if (files.isEmpty()) {
        validation.unusable(
            Note.unusable(Place.whole(input), "holds no file *.yaml, *.yml or *.json"));
      }
      for (Path file : files) {
        takeFile(file, false, validation, taken);
      }
    } catch (IOException e) {
      validation.unusable(
          Note.unusable(Place.whole(input), "cannot be read: " + GivenFile.reason(e)));
    } catch (InvalidPathException e) {
      validation.unusable(Note.unusable(Place.whole(input), "is no name of a file"));
    }
  }

  private static void takeFile(Path file, boolean named, Validation validation, Set<Path> taken)
      throws IOException {
    if (!Files.exists(file)) {
      validation.unusable(Note.unusable(Place.whole(file.toString()), "there is no such file"));
    } else if (taken.add(file.toRealPath())) {
      GivenFile read = GivenFile.read(file, named);
      if (named) {
        takeNamed(read, validation);
      } else {
        validation.take(read);
      }
    }
  }

  /** Nothing at all where somebody expects something: what should have written it failed. */
  private static void takeNamed(GivenFile file, Validation validation) {
    validation.take(file);
    if (file.isEmpty()) {
      validation.unusable(
          Note.unusable(Place.whole(file.name()), "is empty: what writes it may have failed"));
    }
  }
}
