package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys with certificates that sign themselves, each in a store of its own.
 *
 * @param folder where the stores are
 */
record Certificates(Path folder) {

  /** Of every store. */
  static final String PASSWORD = "changeit";

  /**
   * Makes a key.
   *
   * @param host whom its certificate is for
   * @return the store with both
   */
  Path make(String name, String host) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  /** A store that trusts the certificate of another. */
  Path trustStore(Path store) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("trusts-" + store.getFileName());
    try (OutputStream content = Files.newOutputStream(file)) {
      trusted(store).store(content, PASSWORD.toCharArray());
    }
    return file;
  }

  /** Writes the certificate of a store as PEM. */
  Path pem(Path store) throws IOException, GeneralSecurityException {
    String text = Base64.getMimeEncoder().encodeToString(certificate(store).getEncoded());
    return Files.writeString(
        folder.resolve(store.getFileName() + ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n",
        StandardCharsets.US_ASCII);
  }

  /** Trusts the certificate of a store, and has no own. */
  static SSLContext trusting(Path store) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(store).getTrustManagers(), null);
    return context;
  }

  /** Shows the certificate of a store, and trusts that of another. */
  static SSLContext showing(Path own, Path trusted) throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(own), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust(trusted).getTrustManagers(), null);
    return context;
  }

  private static TrustManagerFactory trust(Path store)
      throws IOException, GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted(store));
    return trust;
  }

  private static KeyStore trusted(Path store) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("trusted", certificate(store));
    return trusted;
  }

  private static Certificate certificate(Path store) throws IOException, GeneralSecurityException {
    KeyStore known = load(store);
    return known.getCertificate(known.aliases().nextElement());
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore known = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      known.load(content, PASSWORD.toCharArray());
    }
    return known;
  }
}
