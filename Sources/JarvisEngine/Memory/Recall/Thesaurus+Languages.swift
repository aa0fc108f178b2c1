/// Words of everyday work beside the trade's own, the same in English, German, French and Spanish.
extension Thesaurus {
  static let everyday = """
    noise noisy noises sound sounds loud gerausch gerausche larm laut bruit bruits bruyant ruido ruidos ruidoso ;
    warm heat heats heated hitze temperature hot chaleur calor caliente ;
    room rooms raum zimmer salle sala serverraum habitacion ;
    first erste ersten premier premiere primero primera ;
    second zweite zweiten zweiter deuxieme seconde segundo segunda ;
    third dritte dritten troisieme tercero tercera ;
    number numbers digits zahl zahlen chiffre chiffres cifra cifras numeros ;
    report reports bericht berichte berichten rapport rapports informe informes ;
    answer answers reply replies respond response antwort antworten antwortest reponse reponses repondre respuesta
    respuestas responder ;
    write writes written schreiben schreibst schreibt ecrire ecris ecrit escribir escribes escrito ;
    consent permission approval approve approves approved agree agrees authorise erlaubnis zustimmung genehmigung autorisation permiso aprobacion ask ;
    away offline unreachable absent fort weg ;
    lose loses lost drop drops dropped disconnect disconnected disconnects broke verloren verliert perdu perdue perdido
    perdida ;
    connection connections verbindung verbindungen connexion connexions conexion conexiones tunnel tunnels link ;
    stay stays stayed remain remains bleibt bleiben reste restent queda quedan sigue siguen ;
    order ordered orders bestellt bestellen commande commander commandes pedido pedir encargado ;
    free freed frei freie libre libres libere liberado liberados ;
    defect defective faulty worn damaged damage broken kaputt defekt casse endommage roto averiado danado ;
    key keys schlussel cle cles llave llaves ;
    outside offsite external remote extern ausserhalb auswarts dehors exterieur fuera externo ;
    copy copies kopie kopien copie copia copias backup backups ;
    house building home gebaude haus maison batiment casa edificio ;
    rent rented miete mieten gemietet louer loue alquilar alquilado ;
    internet uplink wan fibre fiber dsl line leitung anschluss glasfaser ligne linea ;
    move moved moves leave left leaves migrate migrated qmigrate vzmigrate ;
    upload uploads uploaded hand submit hochladen envoyer subir ;
    late delayed retard verspatet tarde tardan ;
    expire expires expired expiry abgelaufen ablauf lauft caduca caduco caducado vencido expiration ;
    renew renews renewed renewal erneuern erneuert verlangert renouveler renouvele renovar renovado renueva ;
    hang hangs hung hanging frozen freeze freezes stuck blocked blocks hangt bloque fige colgado bloqueado ;
    crash crashed crashes killed oom panic abgesturzt absturz plante planta cayo ;
    test tests tested trial drill trying tried getestet essai essais teste prueba pruebas probado ausprobieren ;
    rights permissions rechte berechtigung droits permisos ;
    office buro bureau oficina ;
    cellar basement keller cave sotano ;
    garden garten jardin ;
    door gate tor tur porte portail puerta porton ;
    coffee kaffee cafe cafetera kaffeemaschine cafetiere ;
    car auto voiture coche wallbox ;
    heating heizung chauffage calefaccion ;
    switch switches switched commutateur conmutador ;
    cable cables kabel ;
    battery akku batterie bateria ups ;
    power strom courant corriente energia ;
    user users people person staff teachers colleagues employees benutzer leute mitarbeiter kollegen lehrer employes utilisateurs utilisateur usuarios usuario clients technicians ;
    company firm firma entreprise societe empresa ;
    child children kids kinder enfants ninos ;
    brother bruder frere hermano ;
    morning vormittag matin manana ;
    evening abend soir ;
    school schule ecole escuela ;
    weekend wochenende finde ;
    document letter letters brief briefe lettre lettres carta cartas ;
    window windows fenster fenetre ventana maintenance wartung mantenimiento ;
    limit limits cap threshold schwelle seuil limite umbral ;
    sleep sleeps asleep idle standby ;
    wrong mistake falsch faux erreur mal ;
    fill fills filled filling grow grows growing wachst pleine remplit llena crece ;
    room space left platz ;
    load loaded busy utilisation ausgelastet charge carga ;
    install installed installs updates installiert installe instalado ;
    spare ersatz rechange repuesto ;
    ban block blocked forbid forbidden gesperrt verboten interdit bloqueado prohibido ;
    late delay delayed delays verspatet retard retraso ;
    buy bought purchase purchased gekauft kaufen achete acheter comprado comprar order ordered ;
    slow sluggish ages trage lahm lenteur lente lenta despacio ;
    strange odd weird komisch seltsam merkwurdig bizarre etrange raro extrano ;
    monitor watch watched beobachten surveiller vigilar ;
    """.split(separator: ";")
}
